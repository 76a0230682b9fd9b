-- The ends of all pairs that make a pair of $1 more probable, or that a pair of $1 makes more probable: those between the same
-- two cases.
select distinct party as "party!"
from linker.ties mine
join linker.ties other on other.case_low = mine.case_low and other.case_high = mine.case_high
cross join lateral unnest(array[other.a, other.b]) as party
where (mine.a = any($1) or mine.b = any($1)) and (mine.weight > 0 or other.weight > 0)
