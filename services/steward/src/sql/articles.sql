-- The place of each is counted over all of them, so that a page can go on after one that stands otherwise by now.
with tasks as (
    select a.article_id, a.article,
           coalesce(min(split_part(a.period, '/', 1)) filter (where a.settled is null), min(split_part(a.period, '/', 1)))
               as first_month,
           coalesce(max(split_part(a.period, '/', -1)) filter (where a.settled is null), max(split_part(a.period, '/', -1)))
               as last_month,
           count(*) filter (where a.settled is null) as cases,
           coalesce(min(a.since) filter (where a.settled is null), min(a.since)) as since,
           min(heard.day) filter (where a.settled is null) as hearing,
           -- That the list knows it says more than that a case names it no more; it comes later in the alphabet.
           max(a.settled) as settled
    from steward.unknown_articles a
    left join steward.cases c using (case_id)
    left join lateral (select min(day) as day from unnest(c.hearings) as day where day >= $1) heard on true
    where $2::text[] is null or array[c.court, c.court || '/' || c.jurisdiction] && $2
    group by a.article_id, a.article
), placed as (
    select *,
           case when cases = 0 then 'closed'
                when exists (select from steward.article_proposals p where p.article_id = tasks.article_id) then 'passed-on'
                else 'open' end as status,
           row_number() over (order by coalesce(hearing, 'infinity'), cases desc, since, article_id) as place
    from tasks
)
select article_id as "article_id!", article as "article!", first_month as "from!", last_month as "to!", cases as "cases!",
       since as "since!: jiff_sqlx::Timestamp", hearing as "hearing?: jiff_sqlx::Date", settled as "settled?"
from placed
where status = $3 and place > coalesce((select place from placed before where before.article_id = $4), 0)
order by place
limit $5
