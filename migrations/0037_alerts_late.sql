-- Whether the own case was decided after a signal that was withdrawn had first been told.
alter table alerts.signals add column after_decision boolean not null default false;

-- The first version that a judge opened: whoever opened one before what was withdrawn read something that is corrected by it.
alter table alerts.seen add column first_read integer not null default 1;

-- What was withdrawn reaches whoever read it, also when the case is another's now.
create index seen_by_judge on alerts.seen (judge) where read > 0;

-- Decisions are followed that were not before: see 0024.
update journal.cursors set txid = '0', position = 0 where reader like 'sweep:%';
