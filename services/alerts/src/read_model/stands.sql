-- A signal stands in this version.
insert into alerts.signals as kept (
    signal, own_case, parallel_case, version, standing, kind, urgency, tier, as_of, hearing_on, assessment, because,
    raised_at, changed_at, txid, position, news_version
)
select $2, $3, $4, $5, 'stands', $6, $7, $8, $9, $10, $11, null, recorded_at, recorded_at, txid, position, $5
from journal.facts where id = $1
on conflict (signal) do update set
    -- Where a case goes on in another, its signals do too.
    own_case = excluded.own_case,
    parallel_case = excluded.parallel_case,
    version = excluded.version,
    standing = excluded.standing,
    kind = excluded.kind,
    urgency = excluded.urgency,
    tier = excluded.tier,
    as_of = excluded.as_of,
    hearing_on = excluded.hearing_on,
    assessment = excluded.assessment,
    because = null,
    -- How far the law has come with each charge; a hearing that is moved is no such news.
    news_version = case
        when jsonb_path_query_array(kept.assessment, '$.indicators[*].status')
             is distinct from jsonb_path_query_array(excluded.assessment, '$.indicators[*].status') then excluded.version
        else kept.news_version end,
    after_decision = false,
    -- A signal that comes back after it was withdrawn is raised anew.
    raised_at = case kept.standing when 'stands' then kept.raised_at else excluded.raised_at end,
    changed_at = excluded.changed_at,
    txid = excluded.txid,
    position = excluded.position
where kept.version < excluded.version
