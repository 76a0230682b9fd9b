-- A question can be whether records that are taken for one person are: the linker asks it, or a steward does.
alter table steward.questions drop constraint questions_kind_check;
alter table steward.questions add constraint questions_kind_check
    check (kind in ('possible', 'conflict', 'doubted', 'split'));

-- The desk follows what stewards suspect and part, and the linker what is to be weighed; what it asked before of groups is a question
-- of the new kind.
update journal.cursors set txid = '0', position = 0 where reader in ('sweep:steward', 'sweep:linker');
update steward.questions set kind = 'split' where kind = 'possible' and rule = 'split';
