-- The open cases of a judge, by their numbers, with what is told in each and when the judge last consulted the register for it.
select
    c.id,
    c.jurisdiction,
    c.proceeding,
    c.court,
    c.numbers,
    coalesce(told.unread, 0) as "unread!",
    coalesce(told.stands, 0) as "stands!",
    -- The day of the oldest look at what stands; nothing while something is unread.
    case when coalesce(told.unread, 0) = 0 then (told.read_at at time zone 'Europe/Amsterdam')::date end
        as "read_on: jiff_sqlx::Date",
    last.attestation as "attestation?",
    last.attested_on as "attested_on?: jiff_sqlx::Date",
    last.repeat_after as "repeat_after?: jiff_sqlx::Date",
    exists (select from alerts.signals s where s.own_case = c.id and (s.txid, s.position) > (last.txid, last.position))
        as "changed!"
from alerts.assignments a
join alerts.cases c on c.id = a.case_id
left join lateral (
    select
        count(*) filter (where coalesce(seen.read, 0) < s.version)::integer as unread,
        count(*) filter (where s.standing = 'stands')::integer as stands,
        min(seen.read_at) filter (where s.standing = 'stands') as read_at
    from alerts.signals s
    left join alerts.seen on seen.signal = s.signal and seen.judge = a.judge
    where s.own_case = c.id
) told on true
left join lateral (
    select t.attestation, t.attested_on, t.repeat_after, t.txid, t.position
    from alerts.attestations t
    where t.case_id = c.id and t.judge = a.judge
    order by t.txid desc, t.position desc limit 1
) last on true
where a.judge = $1
  and ($2::uuid is null or c.id = $2)
  and ($2::uuid is not null or c.closed_on is null)
  -- What goes on in another case is told there.
  and not exists (select from alerts.matters m where m.case_id = c.id and m.goes_on_as <> c.id and m.steps <> '[]')
  and ($3::uuid is null or (c.numbers, c.id) > (select k.numbers, k.id from alerts.cases k where k.id = $3))
order by c.numbers, c.id
limit $4
