-- Which builder is at work: one that lost its lock, as when its idle connection was ended, writes and switches over no more.
alter table linker.building add column builder uuid not null default gen_random_uuid();
