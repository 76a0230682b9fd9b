-- Takes in the settled facts of intake after the place that `reader` has come to: who told of which court's cases, and when.
with mark as (
    select txid, position from journal.cursors where reader = $1
), fresh as (
    select f.txid, f.position, f.kind, f.data, f.actor, f.recorded_at
    from journal.facts f, mark
    where split_part(f.kind, '.', 1) = 'intake'
      and (f.txid, f.position) > (mark.txid, mark.position)
      and f.txid < pg_snapshot_xmin(pg_current_snapshot())
), heard as (
    select actor, max(recorded_at) as at from fresh where actor like 'publisher:%' group by actor
), told as (
    select distinct actor, data ->> 'court' as court, data ->> 'jurisdiction' as jurisdiction
    from fresh where kind = 'intake.case-registered' and actor like 'publisher:%'
), added as (
    insert into alerts.sources (source, court, jurisdiction, heard_at)
    select told.actor, told.court, told.jurisdiction, heard.at from told join heard using (actor)
    on conflict (source, court, jurisdiction) do update
    set heard_at = greatest(alerts.sources.heard_at, excluded.heard_at)
), known as (
    -- Those that the statement above does not touch: it does not see its own rows.
    update alerts.sources s set heard_at = greatest(s.heard_at, heard.at)
    from heard
    where s.source = heard.actor
      and not exists (select from told where told.actor = s.source and told.court = s.court
                      and told.jurisdiction = s.jurisdiction)
)
update journal.cursors c set txid = latest.txid, position = latest.position
from (select txid, position from fresh order by txid desc, position desc limit 1) latest
where c.reader = $1
