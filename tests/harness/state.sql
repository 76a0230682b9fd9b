-- The newest word on each person, question, link and signal, as (what, content).
with newest as (
    select kind, data,
           row_number() over (
               partition by split_part(kind, '.', 1),
                            coalesce(data ->> 'person', data ->> 'question', data ->> 'link', data ->> 'signal', data ->> 'matter')
               order by position desc
           ) as place
    from journal.facts
    where (kind = 'linker.person-split' and not data -> 'into' ? (data ->> 'person')) or kind in (
        'linker.person-certain', 'linker.person-dissolved', 'linker.persons-merged', 'linker.match-possible',
        'linker.matter-formed', 'linker.matter-dissolved', 'linker.conflict-found',
        'linker.question-withdrawn', 'linker.cases-linked', 'linker.link-changed', 'linker.link-withdrawn',
        'alerts.signal-raised', 'alerts.signal-updated', 'alerts.signal-withdrawn'
    )
)
select case
           when kind in ('linker.cases-linked', 'linker.link-changed') then 'link'
           when kind in ('alerts.signal-raised', 'alerts.signal-updated') then 'signal'
           else kind
       end,
       (data - 'version' - 'former')::text
from newest
where place = 1
  -- What came and went leaves nothing that stands.
  and kind not in (
      'linker.person-dissolved', 'linker.persons-merged', 'linker.person-split', 'linker.matter-dissolved',
      'linker.question-withdrawn', 'linker.link-withdrawn', 'alerts.signal-withdrawn')
