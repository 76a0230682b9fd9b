-- A question as a task: who has it in hand, how much hangs on it, and whether two must agree. Derived like the rest of the row.
alter table steward.questions
    -- In how many cases the two persons stand for certain.
    add column cases integer not null default 2,
    add column claimed_by text,
    add column claimed_until timestamptz,
    -- Who said already what they think; what they think stands in the journal alone.
    add column spoken text[] not null default '{}',
    -- Why two must agree, but for the nearness of a hearing, which depends on the day.
    add column why_two text[] not null default '{}',
    add check ((claimed_by is null) = (claimed_until is null));
create index on steward.questions (party_a);
create index on steward.questions (party_b);

create table steward.set_aside (
    question uuid        not null references steward.questions on delete cascade,
    by       text        not null,
    until    timestamptz not null,
    primary key (question, by)
);
comment on table steward.set_aside is 'Which questions a steward does not want to be offered for a while.';
grant select, insert, update, delete on steward.set_aside to steward;

-- The desk follows kinds of facts that it did not follow before: who is a person, and its own claims and opinions. The linker
-- follows rulings that were taken back, and what stewards propose.
update journal.cursors set txid = '0', position = 0 where reader in ('sweep:steward', 'sweep:linker');
