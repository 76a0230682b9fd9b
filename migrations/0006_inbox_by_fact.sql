-- A consumer looks up a fact in its inbox by the fact. The name of the role compares in another collation than the column,
-- so that an index which begins with the consumer is of no use to it.
alter table journal.inbox drop constraint inbox_pkey, add primary key (fact, consumer);
alter table journal.parked drop constraint parked_pkey, add primary key (fact, consumer);
