-- Articles that the code list of offences does not know, as tasks of the desk: in which cases each stands, and what stewards proposed.
-- Which case it is plays no part on any page: it is counted, ordered by when it is heard, and kept to the pools of a steward.
create table steward.unknown_articles (
    article_id uuid        not null,
    case_id    uuid        not null,
    article    text        not null,
    period     text        not null,
    since      timestamptz not null,
    -- Why nobody has to look at it for this case any more; nothing while somebody has to.
    settled    text        check (settled in ('known', 'gone')),
    primary key (article_id, case_id)
);
comment on table steward.unknown_articles is 'Articles that the code list of offences does not know, by the cases they stand in.';
create index on steward.unknown_articles (case_id);

create table steward.article_proposals (
    article_id uuid        not null,
    by         text        not null,
    -- How it is to count; nothing where it was passed on without a proposal.
    counts_as  text,
    at         timestamptz not null,
    primary key (article_id, by)
);
comment on table steward.article_proposals is 'What each steward who passed an unknown article on said last of it.';

grant select, insert, update, delete on steward.unknown_articles, steward.article_proposals to steward;

-- The desk follows articles that became unknown or were settled, and what it passed on.
update journal.cursors set txid = '0', position = 0 where reader = 'sweep:steward';
