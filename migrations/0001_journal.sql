-- The journal: what happened, said once, for ever. Everything else is derived from it.
create schema journal;

create table journal.facts (
    position    bigint generated always as identity primary key,
    -- The writing transaction: followers read only below the oldest one still running, so that a late commit is awaited.
    txid        xid8 not null default pg_current_xact_id(),
    id          uuid not null unique,
    -- `<author>.<what-happened>`; the author is the database role that may write it.
    kind        text not null check (kind ~ '^[a-z]+\.[a-z]+(-[a-z]+)*$'),
    -- What the fact is about: `case:<uuid>`, `party:<uuid>`, …
    tags        text[] not null,
    data        jsonb not null,
    cause       uuid not null,
    actor       text not null,
    event_time  timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp()
);

create index facts_by_author on journal.facts (split_part(kind, '.', 1), txid, position);
create index facts_by_txid on journal.facts (txid, position);
-- Without a pending list: a decision must not pay for the inserts of others.
create index facts_by_tag on journal.facts using gin (tags) with (fastupdate = off);

-- What each consumer has handled. Written in the transaction of the effect, so that every effect happens once.
create table journal.inbox (
    consumer   text not null,
    fact       uuid not null,
    handled_at timestamptz not null default clock_timestamp(),
    primary key (consumer, fact)
);

-- What a consumer could not handle, kept for a person.
create table journal.parked (
    consumer  text not null,
    fact      uuid not null,
    reason    text not null,
    attempts  integer not null default 1,
    parked_at timestamptz not null default clock_timestamp(),
    primary key (consumer, fact)
);

-- How far a reader of the journal has come: the relays (`relay:<author>`) and the sweeps (`sweep:<consumer>`).
create table journal.cursors (
    reader   text primary key,
    owner    text not null default current_user,
    txid     xid8 not null default '0',
    position bigint not null default 0
);

-- One data key a party record (or quarantined event), wrapped by the key-encryption key. Dropping `wrapped` is erasure:
-- the facts stay, and what they sealed is gone.
create table journal.keys (
    id         uuid primary key,
    kek        smallint not null,
    wrapped    bytea,
    created_at timestamptz not null default clock_timestamp(),
    dropped_at timestamptz,
    check ((wrapped is null) = (dropped_at is not null))
);
