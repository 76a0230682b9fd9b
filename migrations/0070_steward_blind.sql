-- What one steward thinks is not told by why another must agree; and how near a hearing is goes by every case in which either person
-- stands.
alter table steward.questions
    -- The cases in which either of the two persons stands for certain.
    add column concerned uuid[] not null default '{}',
    -- Who alone sees it: whoever answered a control question. Everybody whom it is for where there is nobody.
    add column only_for text[] not null default '{}';
update steward.questions set concerned = array[case_a, case_b], why_two = array_remove(why_two, 'undecided');
create index on steward.questions using gin (concerned);
comment on table steward.cases is
    'The cases that questions are about, and those in which the persons of their records stand: where they run and when they are heard.';

-- Answers to control questions, until nobody can take them back any more. Everything here follows from facts.
create table steward.answers (
    review  uuid        primary key,
    control uuid        not null,
    party_a uuid        not null,
    party_b uuid        not null,
    due     timestamptz not null
);
create index on steward.answers (due);
comment on table steward.answers is 'Answers to control questions that have no consequences yet.';
grant select, insert, update, delete on steward.answers to steward;
