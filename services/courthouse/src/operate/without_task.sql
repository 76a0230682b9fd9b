-- Questions whose newest word is that they are asked and that are not open at the desk, or the other way round; not those of the
-- last $1 seconds. Control questions are the desk's own: nobody asks them in earnest.
with newest as (
    select distinct on (asked)
           asked::uuid as question, kind, recorded_at
    from journal.facts, lateral coalesce(data ->> 'question', data #>> '{asked,question}') as asked
    where kind in (
        'linker.match-possible', 'linker.conflict-found', 'linker.question-withdrawn',
        'steward.pair-confirmed', 'steward.pair-rejected', 'steward.ruling-undone',
        'steward.question-raised', 'steward.group-suspected', 'steward.question-reopened', 'steward.question-lapsed'
    )
    order by asked, position desc
)
select coalesce(newest.question, task.question) as "question!"
from newest full join steward.questions task on task.question = newest.question
where task.about is null
  -- Of a ruling that was taken back the desk asks again, until the linker says otherwise.
  and coalesce(newest.kind in ('linker.match-possible', 'linker.conflict-found', 'steward.ruling-undone',
                               'steward.question-raised', 'steward.group-suspected', 'steward.question-reopened'), false)
      is distinct from coalesce(task.status = 'open', false)
  and coalesce(newest.recorded_at, '-infinity') < now() - make_interval(secs => $1)
order by 1
