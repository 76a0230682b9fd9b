-- One page of the queue: the hearing that comes first, then what concerns most cases, then the longest wait; questions without a
-- hearing last; heard is any case in which either person stands. Without control questions about what the reader had a part in, or that
-- another answered; and for whoever may be asked such a question, or answered it, without the one in earnest, which would tell what is
-- known.
select q.question, q.kind, q.status, q.rule, q.evidence, q.withdrawn_because,
       q.opened_at as "opened_at: jiff_sqlx::Timestamp",
       q.cases, q.spoken, q.why_two, q.waits_until as "waits_until: jiff_sqlx::Date", q.answered,
       case when q.claimed_until > $9 then q.claimed_by end as claimed_by,
       a.court as "court_a?", a.jurisdiction as "jurisdiction_a?", a.kind as "kind_a?",
       heard.first as "hearing: jiff_sqlx::Date",
       heard.a as "hearing_a: jiff_sqlx::Date",
       b.court as "court_b?", b.jurisdiction as "jurisdiction_b?", b.kind as "kind_b?",
       heard.b as "hearing_b: jiff_sqlx::Date"
from steward.questions q
left join steward.cases a on a.case_id = q.case_a
left join steward.cases b on b.case_id = q.case_b
cross join lateral (
    select (select min(day) from unnest(a.hearings) as day where day >= $1) as a,
           (select min(day) from unnest(b.hearings) as day where day >= $1) as b,
           (select min(day) from steward.cases c, unnest(c.hearings) as day
            where c.case_id = any (q.concerned) and day >= $1) as first
) as heard
where q.status = $2
  and $12 <> all (q.not_for)
  and (q.only_for = '{}' or $12 = any (q.only_for))
  and not exists (
      select from steward.questions c
      where c.about = q.question
        and (c.status = 'open' and c.only_for = '{}' and $12 <> all (c.not_for)
             or $12 = any (c.only_for) and (q.status <> 'open' or $12 = any (q.spoken))))
  and ($3::text is null or q.kind = $3)
  and ($10::text[] is null
       or array[a.court, a.court || '/' || a.jurisdiction, b.court, b.court || '/' || b.jurisdiction] && $10)
  and ($11::text is null or $11 in (a.court, b.court, a.court || '/' || a.jurisdiction, b.court || '/' || b.jurisdiction))
  and ($4::uuid is null
       or (coalesce(heard.first, 'infinity'), -q.cases, q.opened_at, q.question)
          > (coalesce($5::date, 'infinity'), -$8::integer, $6::timestamptz, $4))
order by coalesce(heard.first, 'infinity'), -q.cases, q.opened_at, q.question
limit $7
