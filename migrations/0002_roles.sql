-- One role a service; who may write which facts is enforced here and cannot be got around by a bug in a service.
-- Roles belong to the whole server, so a second database on it finds them there.
do $$
declare
    service text;
begin
    foreach service in array array['intake', 'linker', 'alerts', 'steward'] loop
        begin
            execute format('create role %I login', service);
        exception when duplicate_object then
            null;
        end;
    end loop;
end
$$;

revoke all on schema public from public;
revoke all on schema journal from public;
grant usage on schema journal to intake, linker, alerts, steward;

-- Facts: everybody reads; each author writes its own; nobody changes or removes.
grant select on journal.facts to intake, linker, alerts, steward;
grant insert (id, kind, tags, data, cause, actor, event_time) on journal.facts to intake, linker, alerts, steward;
alter table journal.facts enable row level security;
create policy read_facts on journal.facts for select to intake, linker, alerts, steward using (true);
create policy write_own_facts on journal.facts for insert to intake, linker, alerts, steward
    with check (split_part(kind, '.', 1) = current_user);

-- Not even the owner empties it in one go; only the migrator could change or remove a single fact.
create function journal.facts_are_final() returns trigger language plpgsql as $$
begin
    raise exception 'facts are final: append a correction instead' using errcode = 'insufficient_privilege';
end
$$;
create trigger facts_are_final before truncate on journal.facts
    for each statement execute function journal.facts_are_final();

-- Inbox, parked facts and cursors: each service its own.
grant select, insert, delete on journal.inbox to intake, linker, alerts, steward;
alter table journal.inbox enable row level security;
create policy own_inbox on journal.inbox to intake, linker, alerts, steward
    using (consumer = current_user) with check (consumer = current_user);

grant select, insert, update, delete on journal.parked to intake, linker, alerts, steward;
alter table journal.parked enable row level security;
create policy own_parked on journal.parked to intake, linker, alerts, steward
    using (consumer = current_user) with check (consumer = current_user);

grant select, insert on journal.cursors to intake, linker, alerts, steward;
grant update (txid, position) on journal.cursors to intake, linker, alerts, steward;
alter table journal.cursors enable row level security;
create policy own_cursors on journal.cursors to intake, linker, alerts, steward
    using (owner = current_user) with check (owner = current_user);

-- Keys: intake makes and drops them; linker and steward open what they compare and show. alerts has no right at all:
-- it speaks of roles, case numbers and statuses, and cannot name anybody.
grant select, insert (id, kek, wrapped), update (wrapped, dropped_at) on journal.keys to intake;
grant select on journal.keys to linker, steward;
