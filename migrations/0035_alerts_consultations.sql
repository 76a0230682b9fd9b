-- When judges consulted the register for a case, and what it covered. Everything here follows from facts.

-- A case that is over is no longer consulted. Rows of before get it when the case next changes.
alter table alerts.cases add column closed_on date;

-- When a judge last opened the version that stands in `read`: a look holds for a while only.
alter table alerts.seen add column read_at timestamptz;

-- Attestations that the register was consulted. `txid` and `position` are those of the fact: what changed in the case after it
-- overtakes it.
create table alerts.attestations (
    attestation  uuid primary key,
    case_id      uuid not null,
    judge        text not null,
    attested_on  date not null,
    repeat_after date not null,
    txid         xid8 not null,
    position     bigint not null
);
create index attestations_by_case on alerts.attestations (case_id, judge, txid desc, position desc);

-- Which courts' systems ever told of cases, of which jurisdiction, and when each was last heard.
create table alerts.sources (
    source       text not null,
    court        text not null,
    jurisdiction text not null,
    heard_at     timestamptz not null,
    primary key (source, court, jurisdiction)
);

grant select, insert, update, delete on alerts.attestations, alerts.sources to alerts;
