#!/usr/bin/env python3
"""Splink on a generated caseload of courts, whose columns `verband generate` names.

    splink_caseload.py PAIRS.csv CLUSTERS.csv FILE.csv

What a good user would do first is done first, in SQL: letters folded, dates of all forms brought to one, given names cut
to the first, postcodes without spaces. Two parties of one case are never paired, as our engine does not pair them.
PAIRS.csv holds what is at or above even odds.
"""

import logging
import sys
import warnings

import duckdb
import splink.comparison_level_library as level
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator

SEED = 1
THRESHOLD = 0.5
# At even odds clusters of a million run together, some two thousand records into one; this is what does best.
CLUSTER_THRESHOLD = 0.95

PREPARED = r"""
create table prepared as
with folded as (
    select record_id, case_id, nullif(strip_accents(lower(trim(given_names))), '') given,
        nullif(strip_accents(lower(trim(surname))), '') surname,
        nullif(strip_accents(lower(trim(partner_surname))), '') partner_surname,
        nullif(regexp_replace(lower(initials), '[^a-z]', '', 'g'), '') initials,
        case when regexp_matches(birth_date, '^\d{8}$')
                then substr(birth_date, 1, 4) || '-' || substr(birth_date, 5, 2) || '-' || substr(birth_date, 7, 2)
            when regexp_matches(birth_date, '^\d{2}-\d{2}-\d{4}$')
                then substr(birth_date, 7, 4) || '-' || substr(birth_date, 4, 2) || '-' || substr(birth_date, 1, 2)
            else nullif(birth_date, '') end birth_date,
        nullif(sex, '') sex, nullif(strip_accents(lower(birth_place)), '') birth_place,
        nullif(upper(replace(postcode, ' ', '')), '') postcode,
        nullif(regexp_extract(house_number, '\d+'), '') house_number,
        nullif(bsn, '') bsn, nullif(skn, '') skn, nullif(v_number, '') v_number
    from read_csv(?, all_varchar = true, header = true, nullstr = ''))
select record_id, case_id, case when length(given) > 1 then regexp_extract(given, '^[^ .]+') end forename,
    coalesce(substr(given, 1, 1), substr(initials, 1, 1)) initial, surname, partner_surname, birth_date,
    case when length(birth_date) >= 4 then substr(birth_date, 1, 4) end birth_year, sex, birth_place, postcode,
    house_number, bsn, skn, v_number
from folded
"""


def blocks(*columns):
    same = " and ".join(f"l.{column} = r.{column}" for column in columns)
    return f"{same} and l.case_id <> r.case_id"


def forename():
    """A forename, or its first letter where one of the two has no more."""
    return compare.CustomComparison(output_column_name="forename", comparison_levels=[
        level.NullLevel("initial"),
        level.ExactMatchLevel("forename", term_frequency_adjustments=True),
        level.JaroWinklerLevel("forename", 0.92),
        level.JaroWinklerLevel("forename", 0.8),
        level.CustomLevel("(forename_l is null or forename_r is null) and initial_l = initial_r",
                          label_for_charts="initials alone"),
        level.ElseLevel(),
    ])


def surname():
    """A surname, or that of the partner in its place."""
    return compare.CustomComparison(output_column_name="surname", comparison_levels=[
        level.NullLevel("surname"),
        level.ExactMatchLevel("surname", term_frequency_adjustments=True),
        level.JaroWinklerLevel("surname", 0.92),
        level.CustomLevel("surname_l = partner_surname_r or surname_r = partner_surname_l",
                          label_for_charts="the partner's"),
        level.JaroWinklerLevel("surname", 0.8),
        level.ElseLevel(),
    ])


def address():
    return compare.CustomComparison(output_column_name="address", comparison_levels=[
        level.NullLevel("postcode"),
        level.And(level.ExactMatchLevel("postcode"), level.ExactMatchLevel("house_number")),
        level.ExactMatchLevel("postcode"),
        level.LevenshteinLevel("postcode", 1),
        level.ElseLevel(),
    ])


def number(column):
    """An official number. Two persons as good as never share one, so that no sample of pairs would show it."""
    return compare.ExactMatch(column).configure(m_probabilities=[0.98, 0.02], u_probabilities=[1e-6, 1 - 1e-6])


SETTINGS = SettingsCreator(
    link_type="dedupe_only", unique_id_column_name="record_id",
    comparisons=[
        forename(), surname(), compare.DateOfBirthComparison("birth_date", input_is_string=True,
                                                             invalid_dates_as_null=False),
        compare.ExactMatch("sex"), compare.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        address(), number("bsn"), number("skn"), number("v_number"),
    ],
    blocking_rules_to_generate_predictions=[
        blocks("bsn"), blocks("skn"), blocks("v_number"), blocks("initial", "surname"), blocks("birth_date", "surname"),
        blocks("birth_date", "forename"), blocks("initial", "postcode"), blocks("birth_date", "initial", "birth_place"),
        blocks("forename", "birth_year", "birth_place"),
    ],
    retain_matching_columns=False,
)


def main():
    pairs_path, clusters_path, path = sys.argv[1:]
    warnings.filterwarnings("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(":memory:")
    connection.execute(PREPARED, [path])
    linker = Linker(DuckDBAPI(connection).register("prepared", dataset_display_name="caseload"), SETTINGS)
    linker.training.estimate_probability_two_random_records_match(
        [blocks("bsn"), blocks("forename", "surname", "birth_date")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=SEED)
    for rule in (blocks("forename", "surname", "birth_year"), blocks("birth_date", "surname"),
                 blocks("birth_date", "forename")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=5e6)
    scored = linker.inference.predict(threshold_match_probability=THRESHOLD)
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, CLUSTER_THRESHOLD)
    connection.execute(f"copy (select record_id_l id_l, record_id_r id_r, match_probability score from "
                       f"{scored.physical_name}) to '{pairs_path}' (header)")
    connection.execute(f"copy (select record_id, cluster_id from {clustered.physical_name}) to '{clusters_path}' (header)")


if __name__ == "__main__":
    main()
