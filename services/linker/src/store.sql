-- Records in place of what was known of them: $1 parties, $2 cases, $3 since, $4 beside, $5 sealed; $6 keys, each of the party in $7;
-- $8 doors, each of the party in $9 with the surname in $10. A record that is new here may be part of a person all the same: it was read
-- for a ruling before it was handled, and a read model that was built since did not know it yet.
with record as (
    insert into linker.records (party, "case", since, beside, sealed, person)
    select told.*,
        -- By the record's own few facts: the persons are many.
        (select p.person from journal.facts f
         join linker.persons p on p.person = (f.data ->> 'person')::uuid and p.fact = f.id
         where f.tags && array['party:' || told.party] and f.kind = 'linker.person-certain'
           and f.data -> 'members' @> jsonb_build_array(jsonb_build_object('party', told.party)))
    from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[], $5::jsonb[])
        as told(party, "case", since, beside, sealed)
    on conflict (party) do update set since = excluded.since, beside = excluded.beside, sealed = excluded.sealed
), keys_gone as (
    delete from linker.keys
    where party = any($1)
      and not exists (select from unnest($6::bytea[], $7::uuid[]) as now(key, party)
                      where now.key = keys.key and now.party = keys.party)
), doors_gone as (
    delete from linker.doors
    where party = any($1)
      and not exists (select from unnest($8::bytea[], $9::uuid[]) as now(door, party)
                      where now.door = doors.door and now.party = doors.party)
), keys_new as (
    insert into linker.keys (key, party) select * from unnest($6::bytea[], $7::uuid[]) on conflict do nothing
)
insert into linker.doors (door, party, surname)
select distinct on (door, party) door, party, surname
from unnest($8::bytea[], $9::uuid[], $10::bytea[]) as now(door, party, surname)
on conflict (door, party) do update set surname = excluded.surname
