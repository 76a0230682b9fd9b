-- The records reached from $1 over pairs that weigh at least $2 or contradict each other, or weigh up to $3 less and stand
-- beside another pair of the same two cases that is more likely one person than not; over persons, questions and rulings.
with recursive reached(party) as (
    select unnest($1::uuid[])
    union
    select next.party
    from reached
    cross join lateral (
        select tie.party
        from (
            select b as party, * from linker.ties where a = reached.party
            union all
            select a, * from linker.ties where b = reached.party
        ) as tie
        where tie.contradict
           or tie.weight >= $2
           or (tie.weight >= $2 - $3 and exists (
                select from linker.ties other
                where other.case_low = tie.case_low and other.case_high = tie.case_high and other.weight > 0
                  and other.a not in (tie.a, tie.b) and other.b not in (tie.a, tie.b)
           ))
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
select party as "party!" from reached
