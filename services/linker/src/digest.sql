-- The number of rows of each table, and the sum of what their digests begin with: the same for the same rows, in any order. $1: of
-- what is built beside the read model in use.
select coalesce(string_agg(part || ' ' || rows || ':' || digests, ' ' order by part), '') as "digest!"
from (
    select part, count(*) as rows, sum(('x' || left(md5(content), 15))::bit(60)::bigint) as digests
    from (
        select 'records' as part, records::text as content from linker.records where not $1
        union all
        select 'records', records::text from linker_next.records where $1
        union all
        select 'keys', keys::text from linker.keys where not $1
        union all
        select 'keys', keys::text from linker_next.keys where $1
        union all
        select 'doors', doors::text from linker.doors where not $1
        union all
        select 'doors', doors::text from linker_next.doors where $1
        union all
        select 'ties', ties::text from linker.ties where not $1
        union all
        select 'ties', ties::text from linker_next.ties where $1
        union all
        select 'pairs', pairs::text from linker.pairs where not $1
        union all
        select 'pairs', pairs::text from linker_next.pairs where $1
        union all
        select 'names', names::text from linker.names where not $1
        union all
        select 'names', names::text from linker_next.names where $1
        union all
        select 'merges', merges::text from linker.merges where not $1
        union all
        select 'merges', merges::text from linker_next.merges where $1
        union all
        select 'aliases', aliases::text from linker.aliases where not $1
        union all
        select 'aliases', aliases::text from linker_next.aliases where $1
        union all
        select 'persons', persons::text from linker.persons where not $1
        union all
        select 'persons', persons::text from linker_next.persons where $1
    ) as everything
    group by part
) as parts
