-- What a case ($1) is called, where that is known ($2 to $6), and who has it: its judges ($7) and its clerks ($8).
with
    called as (
        insert into alerts.cases as kept (id, jurisdiction, proceeding, court, numbers, closed_on)
        select $1, $2, $3, $4, $5::text[], $6 where $2::text is not null
        on conflict (id) do update
        set (jurisdiction, proceeding, court, numbers, closed_on)
            = (excluded.jurisdiction, excluded.proceeding, excluded.court, excluded.numbers, excluded.closed_on)
        where (kept.jurisdiction, kept.proceeding, kept.court, kept.numbers, kept.closed_on) is distinct from
            (excluded.jurisdiction, excluded.proceeding, excluded.court, excluded.numbers, excluded.closed_on)
    ),
    former_judges as (delete from alerts.assignments where case_id = $1 and judge <> all($7)),
    former_clerks as (delete from alerts.clerks where case_id = $1 and clerk <> all($8)),
    judges as (
        insert into alerts.assignments (case_id, judge) select $1, judge from unnest($7::text[]) as judge
        on conflict do nothing
    )
insert into alerts.clerks (case_id, clerk) select $1, clerk from unnest($8::text[]) as clerk
on conflict do nothing
