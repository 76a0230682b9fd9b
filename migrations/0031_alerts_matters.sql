-- Which cases are one matter now. Follows from the linker's facts; a case that is not here is a matter of its own.
create table alerts.matters (
    case_id    uuid primary key,
    matter     uuid not null,
    began_as   uuid not null,
    goes_on_as uuid not null
);
create index matters_by_matter on alerts.matters (matter);

grant select, insert, update, delete on alerts.matters to alerts;
