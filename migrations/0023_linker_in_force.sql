-- By which model who is who is decided; without a row, by the one that comes with the programme.
create table linker.in_force (
    one      boolean primary key default true check (one),
    proposal uuid not null
);

grant select, insert, update, delete on linker.in_force to linker;
