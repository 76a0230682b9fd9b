-- What changed after a place in the journal's settled order, and whom it concerns.
select
    s.txid::text as "txid!",
    s.position,
    s.signal,
    s.version,
    array(
        select a.judge from alerts.assignments a where a.case_id = s.own_case
        union
        select k.judge from alerts.seen k where k.signal = s.signal and k.read > 0 and s.standing = 'withdrawn'
    ) as "judges!"
from alerts.signals s
where (s.txid, s.position) > ($1::text::xid8, $2::bigint)
  and s.txid < pg_snapshot_xmin(pg_current_snapshot())
  and ($3::text is null
       or exists (select from alerts.assignments a where a.case_id = s.own_case and a.judge = $3)
       or (s.standing = 'withdrawn'
           and exists (select from alerts.seen k where k.signal = s.signal and k.judge = $3 and k.read > 0)))
order by s.txid, s.position
limit $4
