-- Read model of the steward's queue. Derived from the journal alone: drop the rows, empty the inbox of `steward`, and the
-- sweep builds them anew. Holds no personal data: what two records say is unsealed for one page and stored nowhere.
create schema steward;

create table steward.questions (
    question          uuid        primary key,
    party_a           uuid        not null,
    party_b           uuid        not null,
    case_a            uuid        not null,
    case_b            uuid        not null,
    kind              text        not null check (kind in ('possible', 'conflict')),
    rule              text        not null,
    -- Field by field how far the records agree: `[{"field": "birth-date", "level": "equal"}, …]`. Levels, never values.
    evidence          jsonb       not null,
    status            text        not null check (status in ('open', 'ruled', 'withdrawn')),
    opened_at         timestamptz not null,
    changed_at        timestamptz not null,
    withdrawn_because text,
    check (withdrawn_because is null or status <> 'open')
);
comment on table steward.questions is 'What stewards were asked about two party records, and how each question stands.';
create index on steward.questions (status, opened_at);
create index on steward.questions (case_a);
create index on steward.questions (case_b);

create table steward.cases (
    case_id      uuid   primary key,
    court        text   not null,
    jurisdiction text   not null,
    kind         text   not null,
    numbers      text[] not null,
    -- Days of every hearing planned, past ones too: which one is the next depends on the day of asking.
    hearings     date[] not null
);
comment on table steward.cases is 'The cases that questions are about: where they run and when they are heard.';

grant usage on schema steward to steward;
grant select, insert, update, delete on steward.questions, steward.cases to steward;
