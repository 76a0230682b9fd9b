-- The number of rows of each table, and the sum of what their digests begin with: the same for the same rows, in any order.
select string_agg(part, ' ' order by part) as "digest!"
from (
    select 'records ' || count(*) || ':' || coalesce(sum(('x' || left(md5(row::text), 15))::bit(60)::bigint), 0) as part
    from linker.records as row
    union all
    select 'keys ' || count(*) || ':' || coalesce(sum(('x' || left(md5(row::text), 15))::bit(60)::bigint), 0)
    from linker.keys as row
    union all
    select 'doors ' || count(*) || ':' || coalesce(sum(('x' || left(md5(row::text), 15))::bit(60)::bigint), 0)
    from linker.doors as row
    union all
    select 'ties ' || count(*) || ':' || coalesce(sum(('x' || left(md5(row::text), 15))::bit(60)::bigint), 0)
    from linker.ties as row
    union all
    select 'pairs ' || count(*) || ':' || coalesce(sum(('x' || left(md5(row::text), 15))::bit(60)::bigint), 0)
    from linker.pairs as row
) as parts
