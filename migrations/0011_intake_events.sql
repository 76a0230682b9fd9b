-- What each understood event said, as a keyed digest: the same id with another body is a conflict and not a duplicate.
create table intake.events (
    event  uuid primary key,
    digest bytea not null
);

grant select, insert on intake.events to intake;
