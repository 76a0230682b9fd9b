-- Some cases ($1) with what they are one matter with, and what those are or were linked with. A row without a last case says that two
-- cases are, or were, linked; every other one of which matter a case is part: its first case, and its last.
with
    within as (
        select case_id from alerts.matters
        where began_as in (select began_as from alerts.matters where case_id = any($1))
        union
        select unnest($1::uuid[])
    ),
    linked as (select one, other from alerts.links where one in (select case_id from within))
select case_id as "one!", began_as as "other!", goes_on_as as "goes_on_as?", steps as "steps?"
from alerts.matters
where began_as in (
    select began_as from alerts.matters where case_id in (select case_id from within union select other from linked)
)
union all
select one, other, null, null from linked
