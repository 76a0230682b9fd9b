-- Which cases are one matter now. Follows from the linker's facts; a case that is not here is a matter of its own.
create table alerts.matters (
    case_id    uuid primary key,
    -- The case it began with, which stands for the matter, and the case it goes on as.
    began_as   uuid not null,
    goes_on_as uuid not null,
    -- Whether a later case brings its charges again.
    superseded boolean not null
);
create index matters_by_first_case on alerts.matters (began_as);

grant select, insert, update, delete on alerts.matters to alerts;
