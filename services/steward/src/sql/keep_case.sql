insert into steward.cases (case_id, court, jurisdiction, kind, numbers, hearings)
values ($1, $2, $3, $4, $5, $6)
on conflict (case_id) do update
set court = excluded.court,
    jurisdiction = excluded.jurisdiction,
    kind = excluded.kind,
    numbers = excluded.numbers,
    hearings = excluded.hearings
