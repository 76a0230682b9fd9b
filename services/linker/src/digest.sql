-- The number of rows of each table, and the sum of what their digests begin with: the same for the same rows, in any order.
select coalesce(string_agg(part || ' ' || rows || ':' || digests, ' ' order by part), '') as "digest!"
from (
    select part, count(*) as rows, sum(('x' || left(md5(content), 15))::bit(60)::bigint) as digests
    from (
        select 'records' as part, records::text as content from linker.records
        union all
        select 'keys', keys::text from linker.keys
        union all
        select 'doors', doors::text from linker.doors
        union all
        select 'ties', ties::text from linker.ties
        union all
        select 'pairs', pairs::text from linker.pairs
        union all
        select 'names', names::text from linker.names
        union all
        select 'merges', merges::text from linker.merges
        union all
        select 'aliases', aliases::text from linker.aliases
    ) as everything
    group by part
) as parts
