-- Sessions of the pages, shared by the services that have pages: who signed in at one is known at the other.
-- Only hashes of the secrets stand here: a dump of these tables lets nobody in.
create schema web;

create table web.sessions (
    id_hash      bytea       primary key check (octet_length(id_hash) = 32),
    subject      text        not null check (length(subject) between 1 and 255),
    roles        text[]      not null,
    created_at   timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at   timestamptz not null
);
comment on table web.sessions is 'One row per signed-in browser. Idle after 15 minutes, ended after 8 hours.';
comment on column web.sessions.id_hash is 'SHA-256 of the cookie''s value';
create index on web.sessions (expires_at);

create table web.sign_ins (
    state_hash    bytea       primary key check (octet_length(state_hash) = 32),
    nonce         text        not null,
    pkce_verifier text        not null,
    return_to     text        not null check (return_to like '/%'),
    expires_at    timestamptz not null
);
comment on table web.sign_ins is 'Sign-ins under way at the identity provider. A row is used once, within 10 minutes.';
comment on column web.sign_ins.state_hash is 'SHA-256 of the state that the provider hands back';
create index on web.sign_ins (expires_at);

grant usage on schema web to alerts, steward;
grant select, insert, update, delete on web.sessions, web.sign_ins to alerts, steward;
