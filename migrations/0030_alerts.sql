-- The judge's inbox. Everything here follows from facts and can be rebuilt from them; nothing here names a person.
create schema alerts;

-- Cases that are or ever were linked, in both directions: what changes in one may change what the judge of the other knows.
create table alerts.links (
    one   uuid not null,
    other uuid not null,
    primary key (one, other)
);

-- What a case is called and where it is heard.
create table alerts.cases (
    id           uuid primary key,
    jurisdiction text not null,
    proceeding   text not null,
    court        text not null,
    numbers      text[] not null
);

-- Who has which case now.
create table alerts.assignments (
    judge   text not null,
    case_id uuid not null,
    primary key (judge, case_id)
);
create index assignments_by_case on alerts.assignments (case_id);

-- The newest version of every signal. `txid` and `position` are those of the fact that made it so: a reader of changes
-- goes by them as a reader of the journal does.
create table alerts.signals (
    signal        uuid primary key,
    own_case      uuid not null,
    parallel_case uuid not null,
    version       integer not null,
    standing      text not null check (standing in ('stands', 'withdrawn')),
    kind          text,
    urgency       text,
    tier          smallint,
    as_of         date,
    hearing_on    date,
    -- Gone as soon as the signal is withdrawn.
    assessment    jsonb,
    because       jsonb,
    raised_at     timestamptz not null,
    changed_at    timestamptz not null,
    txid          xid8 not null,
    position      bigint not null,
    check ((standing = 'stands') = (assessment is not null)),
    check ((standing = 'withdrawn') = (because is not null))
);
create index signals_by_case on alerts.signals (own_case, changed_at desc, signal desc);
create index signals_by_change on alerts.signals (txid, position);

-- Which version a judge last opened, and last confirmed having taken note of.
create table alerts.seen (
    signal       uuid not null,
    judge        text not null,
    read         integer not null default 0,
    acknowledged integer not null default 0,
    primary key (signal, judge)
);

-- What judges recorded that they did.
create table alerts.handlings (
    fact        uuid primary key,
    signal      uuid not null,
    judge       text not null,
    version     integer not null,
    handling    jsonb not null,
    recorded_at timestamptz not null
);
create index handlings_by_signal on alerts.handlings (signal, judge, recorded_at);

grant usage on schema alerts to alerts;
grant select, insert, update, delete on all tables in schema alerts to alerts;
