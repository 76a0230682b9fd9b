-- The signals that concern a judge, the last changed first.
select
    s.signal,
    s.version,
    s.as_of as "as_of: jiff_sqlx::Date",
    s.assessment,
    s.because,
    s.after_decision,
    s.raised_at as "raised_at: jiff_sqlx::Timestamp",
    s.changed_at as "changed_at: jiff_sqlx::Timestamp",
    coalesce(seen.read, 0) as "read!",
    coalesce(seen.first_read < s.version, false) as "has_read_before!",
    coalesce(seen.acknowledged, 0) as "acknowledged!",
    coalesce(seen.read < s.news_version, false) as "has_news!",
    waiting.escalated_on as "escalated_on?: jiff_sqlx::Date",
    exists (select from alerts.revealed_cases r
            where r.signal = s.signal and r.judge = c.judge and r.parallel_case = s.parallel_case) as "revealed!",
    own.id as own_id,
    own.jurisdiction as own_jurisdiction,
    own.proceeding as own_proceeding,
    own.court as own_court,
    own.numbers as own_numbers,
    parallel.id as "parallel_id?",
    parallel.jurisdiction as "parallel_jurisdiction?",
    parallel.proceeding as "parallel_proceeding?",
    parallel.court as "parallel_court?",
    parallel.numbers as "parallel_numbers?"
from alerts.concerned c
join alerts.signals s on s.signal = c.signal
join alerts.cases own on own.id = s.own_case
left join alerts.cases parallel on parallel.id = s.parallel_case and s.standing = 'stands'
left join alerts.seen on seen.signal = s.signal and seen.judge = c.judge
left join alerts.waiting on waiting.signal = s.signal
where c.judge = $1
  and ($2::uuid is null or s.signal = $2)
  and ($3::uuid is null or s.own_case = $3)
  and ($4::boolean is null or (s.standing = 'stands') = $4)
  and ($5::boolean is null or (coalesce(seen.read, 0) < s.version) = $5)
  and ($6::date is null or s.hearing_on < $6)
  and ($7::timestamptz is null or (s.changed_at, s.signal) < ($7, $8::uuid))
order by s.changed_at desc, s.signal desc
limit $9
