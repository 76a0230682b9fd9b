-- The records reached from $1 over shared keys, persons, questions and rulings, each with its keys.
with recursive reached(party) as (
    select unnest($1::uuid[])
    union
    select next.party
    from reached
    cross join lateral (
        select other.party
        from linker.keys mine
        join linker.keys other on other.key = mine.key
        where mine.party = reached.party
        union all
        select other.party
        from linker.records mine
        join linker.records other on other.person = mine.person
        where mine.party = reached.party
        union all
        select b from linker.pairs where a = reached.party
        union all
        select a from linker.pairs where b = reached.party
    ) as next
)
select party as "party!", array(select key from linker.keys where keys.party = reached.party) as "keys!" from reached
