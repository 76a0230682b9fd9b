-- Articles of charges that the code list of offences does not know, until they are settled. Everything here follows from facts.
create table alerts.unknown_articles (
    case_id uuid not null,
    article text not null,
    period  text not null,
    primary key (case_id, article, period)
);

grant select, insert, update, delete on alerts.unknown_articles to alerts;

-- Messages that are yet to be taken by a court's webhook: what `alerts.v1` tells on the bus, until it was taken or given up.
create table alerts.webhook_calls (
    message  uuid primary key,
    court    text not null,
    body     text not null,
    attempts integer not null default 0,
    next_at  timestamptz not null
);
create index webhook_calls_due on alerts.webhook_calls (next_at);

grant select, insert, update, delete on alerts.webhook_calls to alerts;
