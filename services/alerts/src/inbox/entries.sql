-- The signals of a judge's cases, the last changed first; and what was withdrawn of what the judge read while having a case that
-- is another's now.
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
    exists (select from alerts.revealed r where r.signal = s.signal and r.judge = a.judge) as "revealed!",
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
from (
    select a.judge, s.signal as concerns
    from alerts.assignments a join alerts.signals s on s.own_case = a.case_id
    where a.judge = $1
    union
    select k.judge, k.signal
    from alerts.seen k join alerts.signals s on s.signal = k.signal and s.standing = 'withdrawn'
    where k.judge = $1 and k.read > 0
) a
join alerts.signals s on s.signal = a.concerns
join alerts.cases own on own.id = s.own_case
left join alerts.cases parallel on parallel.id = s.parallel_case and s.standing = 'stands'
left join alerts.seen on seen.signal = s.signal and seen.judge = a.judge
where ($2::uuid is null or s.signal = $2)
  and ($3::uuid is null or s.own_case = $3)
  and ($4::boolean is null or (s.standing = 'stands') = $4)
  and ($5::boolean is null or (coalesce(seen.read, 0) < s.version) = $5)
  and ($6::date is null or s.hearing_on < $6)
  and ($7::timestamptz is null or (s.changed_at, s.signal) < ($7, $8::uuid))
order by s.changed_at desc, s.signal desc
limit $9
