-- A matter may go on in several cases at once, as when two parties appeal. One of them it goes on as; the others are kept with the
-- cases that lead to them. Derived like the rest of the row.
alter table alerts.matters add column leads_to uuid[] not null default '{}';
comment on column alerts.matters.leads_to is 'In which cases besides goes_on_as what this case is about goes on, itself included.';
