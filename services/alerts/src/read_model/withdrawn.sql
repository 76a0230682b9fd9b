-- A signal no longer stands: what it told is gone, that it was told remains.
insert into alerts.signals as kept (
    signal, own_case, parallel_case, version, standing, because, after_decision, raised_at, changed_at, txid, position
)
select $2, $3, $4, $5, 'withdrawn', $6, $7, recorded_at, recorded_at, txid, position
from journal.facts where id = $1
on conflict (signal) do update set
    -- Where a case goes on in another, its signals do too.
    own_case = excluded.own_case,
    parallel_case = excluded.parallel_case,
    version = excluded.version,
    standing = excluded.standing,
    kind = null,
    urgency = null,
    tier = null,
    as_of = null,
    hearing_on = null,
    assessment = null,
    because = excluded.because,
    after_decision = excluded.after_decision,
    changed_at = excluded.changed_at,
    txid = excluded.txid,
    position = excluded.position
where kept.version < excluded.version
