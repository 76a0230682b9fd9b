-- An article that the code list does not know is one task, whatever the months of the offences; its id was made of both. What is known of
-- such tasks is read from the facts anew.
delete from steward.unknown_articles;
delete from steward.article_proposals;
comment on column steward.unknown_articles.period is 'The months of the offences in this case, from the first to the last.';
delete from journal.inbox using journal.facts f
where inbox.consumer = 'steward' and inbox.fact = f.id
  and f.kind in ('alerts.article-unknown', 'alerts.article-settled', 'steward.article-passed-on');
update journal.cursors set txid = '0', position = 0 where reader = 'sweep:steward';
