-- In which version the law last came further with what a signal tells of: news for whoever read an earlier one.
alter table alerts.signals add column news_version integer not null default 1;
comment on column alerts.signals.news_version is 'The version in which the statuses of what is told last changed.';

-- Phases are followed besides: while a decision is pending there is haste.
update journal.cursors set txid = '0', position = 0 where reader = 'sweep:alerts';
