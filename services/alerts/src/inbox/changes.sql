-- What changed after a place in the journal's settled order, and whom it concerns.
select
    s.txid::text as "txid!",
    s.position,
    s.signal,
    s.version,
    array(select c.judge from alerts.concerned c where c.signal = s.signal) as "judges!"
from alerts.signals s
where (s.txid, s.position) > ($1::text::xid8, $2::bigint)
  and s.txid < pg_snapshot_xmin(pg_current_snapshot())
  and ($3::text is null
       or exists (select from alerts.concerned c where c.signal = s.signal and c.judge = $3))
order by s.txid, s.position
limit $4
