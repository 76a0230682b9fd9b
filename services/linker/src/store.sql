-- A record in place of what was known of it: $1 party, $2 case, $3 since, $4 beside, $5 sealed, $6 keys, $7 doors, $8 surname.
with record as (
    insert into linker.records (party, "case", since, beside, sealed) values ($1, $2, $3, $4, $5)
    on conflict (party) do update set since = excluded.since, beside = excluded.beside, sealed = excluded.sealed
), keys_gone as (
    delete from linker.keys where party = $1 and key <> all($6)
), doors_gone as (
    delete from linker.doors where party = $1 and door <> all($7)
), keys_new as (
    insert into linker.keys (key, party) select key, $1 from unnest($6::bytea[]) as key on conflict do nothing
)
insert into linker.doors (door, party, surname)
select door, $1, $8 from unnest($7::bytea[]) as door
on conflict (door, party) do update set surname = excluded.surname
