-- What judges asked other courts, what parties are told, and which clerks have which case. Everything here follows from facts; how a
-- request or a party version stands is read from the facts themselves.

create table alerts.requests (
    request   uuid primary key,
    signal    uuid not null,
    asked_at  timestamptz not null,
    answer_by date not null,
    -- Nothing is waited for any more by this house's own doing, or the other court was reminded.
    withdrawn boolean not null default false,
    reminded  boolean not null default false
);
create index requests_by_signal on alerts.requests (signal);
create index requests_by_day on alerts.requests (answer_by) where not withdrawn and not reminded;

create table alerts.party_versions (
    party_version uuid primary key,
    signal        uuid not null,
    version       integer not null,
    prepared_at   timestamptz not null,
    checked       boolean not null default false
);
create index party_versions_by_signal on alerts.party_versions (signal);
create index party_versions_to_check on alerts.party_versions (prepared_at) where not checked;

-- Who has which case now, as a clerk.
create table alerts.clerks (
    clerk   text not null,
    case_id uuid not null,
    primary key (clerk, case_id)
);
create index clerks_by_case on alerts.clerks (case_id);

grant select, insert, update, delete on alerts.requests, alerts.party_versions, alerts.clerks to alerts;
