insert into steward.questions as kept
    (question, party_a, party_b, case_a, case_b, kind, rule, evidence, status, opened_at, changed_at, withdrawn_because,
     cases, claimed_by, claimed_until, spoken, why_two, waits_until, answered, about, not_for, concerned, only_for)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
on conflict (question) do update
set kind = excluded.kind,
    rule = excluded.rule,
    evidence = excluded.evidence,
    status = excluded.status,
    opened_at = excluded.opened_at,
    changed_at = excluded.changed_at,
    withdrawn_because = excluded.withdrawn_because,
    cases = excluded.cases,
    claimed_by = excluded.claimed_by,
    claimed_until = excluded.claimed_until,
    spoken = excluded.spoken,
    why_two = excluded.why_two,
    waits_until = excluded.waits_until,
    answered = excluded.answered,
    about = excluded.about,
    not_for = excluded.not_for,
    concerned = excluded.concerned,
    only_for = excluded.only_for
