-- The facts of some kinds that a consumer has not handled: whether it set them aside, and whether it passed them over, handling nothing
-- for long or what was written much later.
select id, kind,
       exists (select from journal.parked where consumer = $1 and fact = facts.id) as "aside!",
       recorded_at < now() - make_interval(secs => $3)
           and (progress.handled_at is null or progress.handled_at < now() - make_interval(secs => $3)
                or progress.upto > recorded_at + make_interval(secs => $3)) as "passed!"
from journal.facts,
     (select max(handled_at) as handled_at, max(told.recorded_at) as upto
      from journal.inbox join journal.facts told on told.id = fact
      where consumer = $1 and told.kind = any($2)) progress
where kind = any($2) and not exists (select from journal.inbox where consumer = $1 and fact = facts.id)
order by position
