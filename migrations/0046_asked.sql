-- A task can wait for a court that was asked about a record.
alter table steward.questions
    -- Until when an answer is waited for; nothing while none is.
    add column waits_until date,
    -- Whether the last court that was asked has answered.
    add column answered boolean not null default false;

-- The desk follows what courts tell of records that it asked about, and what it asked.
update journal.cursors set txid = '0', position = 0 where reader = 'sweep:steward';
