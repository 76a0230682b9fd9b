-- What cases are called and call each other, by which matters are found: `case <id>`, or `<court> <number>`.
create table linker.names (
    name   text not null,
    "case" uuid not null,
    -- Whether the case is called so itself; else it speaks of the case that is.
    own    boolean not null,
    primary key (name, "case", own)
);
create index names_by_case on linker.names ("case");

-- Numbers of the criminal chain that turned out to be one person's, as keyed hashes, with the numbers themselves sealed.
create table linker.merges (
    event    uuid primary key,
    "case"   uuid not null,
    ended    bytea not null,
    going_on bytea not null,
    sealed   jsonb not null
);
create index merges_by_case on linker.merges ("case");

-- The number that counts in place of another: the merge in which it stands as the one that goes on.
create table linker.aliases (
    number bytea primary key,
    sealed jsonb not null
);

create index records_by_case on linker.records ("case");

grant select, insert, update, delete on linker.names, linker.merges, linker.aliases to linker;
