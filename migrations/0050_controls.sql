-- Control questions: known pairs that a steward is shown as if nothing were known of them. In the queue they are like any other.
alter table steward.questions
    -- The question that is asked in earnest about the same two records; nothing but where this is a control question.
    add column about uuid,
    -- Who is not asked, since they had a part in what is known: to them a control question does not exist.
    add column not_for text[] not null default '{}',
    add check (about is not null or not_for = '{}');
create index on steward.questions (about) where about is not null;

-- What is drawn, until it is settled and asked. Everything here follows from facts.
create table steward.candidates (
    control uuid        primary key,
    party_a uuid        not null,
    party_b uuid        not null,
    stratum text        not null,
    ruling  uuid,
    due     timestamptz not null
);
create index on steward.candidates (due);
comment on table steward.candidates is 'What is drawn for a control question, until it is settled.';
grant select, insert, update, delete on steward.candidates to steward;
