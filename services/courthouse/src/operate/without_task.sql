-- Questions whose newest word is that they are asked and that are not open at the desk, or the other way round; not those of the
-- last $1 seconds.
with newest as (
    select distinct on (data ->> 'question')
           (data ->> 'question')::uuid as question, kind, recorded_at
    from journal.facts
    where kind in (
        'linker.match-possible', 'linker.conflict-found', 'linker.question-withdrawn',
        'steward.pair-confirmed', 'steward.pair-rejected'
    )
    order by data ->> 'question', position desc
)
select coalesce(newest.question, task.question) as "question!"
from newest full join steward.questions task on task.question = newest.question
where coalesce(newest.kind in ('linker.match-possible', 'linker.conflict-found'), false)
      is distinct from coalesce(task.status = 'open', false)
  and coalesce(newest.recorded_at, '-infinity') < now() - make_interval(secs => $1)
order by 1
