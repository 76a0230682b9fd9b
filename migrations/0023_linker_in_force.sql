-- By which model the linker decides, in its own words, sealed (they count how often names occur): kept from its first start on, so that a programme that comes with another
-- model changes nothing before operators choose it.
create table linker.in_force (
    one    boolean primary key default true check (one),
    engine text not null,
    policy text not null,
    model  text not null
);

grant select, insert, update, delete on linker.in_force to linker;
