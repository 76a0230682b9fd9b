-- A question can be asked because a judge doubts a link, besides those that the linker asks.
alter table steward.questions drop constraint questions_kind_check;
alter table steward.questions add constraint questions_kind_check check (kind in ('possible', 'conflict', 'doubted'));

-- The desk follows judges' doubts, also those of before.
update journal.cursors set txid = '0', position = 0 where reader = 'sweep:steward';
