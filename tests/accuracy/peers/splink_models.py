"""How Splink is set up for each set: comparisons, blocking rules, and the sure rules that the prior is estimated from.

Every set follows Splink's own worked examples: library comparisons, term frequencies where a value's rarity tells
something, several blocking rules, no label anywhere.
"""

import splink.comparison_level_library as level
import splink.comparison_library as compare
from splink import block_on


def febrl():
    """The febrl sets share their columns."""
    return {
        "comparisons": [
            compare.NameComparison("given_name"),
            compare.NameComparison("surname"),
            compare.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d",
                                          invalid_dates_as_null=False),
            compare.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("address_1", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("suburb", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            compare.ExactMatch("state").configure(term_frequency_adjustments=True),
        ],
        "blocking": [
            block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("date_of_birth"),
            block_on("given_name", "postcode"), block_on("surname", "postcode"), block_on("street_number", "address_1"),
            block_on("suburb", "street_number"), block_on("address_1", "suburb"),
            block_on("substr(given_name,1,3)", "substr(surname,1,3)"),
        ],
        "sure": [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
        "recall": 0.9,
        "train": [block_on("date_of_birth"), block_on("given_name", "surname"), block_on("soc_sec_id")],
    }


def fake_1000():
    return {
        "comparisons": [
            compare.NameComparison("first_name"),
            compare.NameComparison("surname"),
            compare.DateOfBirthComparison("dob", input_is_string=True),
            compare.ExactMatch("city").configure(term_frequency_adjustments=True),
            compare.EmailComparison("email"),
        ],
        "blocking": [
            block_on("first_name", "city"), block_on("surname"), block_on("dob"), block_on("email"),
            block_on("first_name", "substr(dob,1,4)"), block_on("substr(first_name,1,3)", "substr(surname,1,3)"),
            block_on("city", "substr(dob,1,7)"), block_on("substr(email,1,5)"),
        ],
        "sure": ["l.first_name = r.first_name and levenshtein(l.dob, r.dob) <= 1",
                 "l.surname = r.surname and levenshtein(l.dob, r.dob) <= 1",
                 "l.first_name = r.first_name and levenshtein(l.surname, r.surname) <= 2",
                 block_on("email")],
        "recall": 0.7,
        "train": [block_on("first_name", "surname"), block_on("dob"), block_on("email")],
    }


def rldata():
    """German names and a birth date, and nothing else."""
    return {
        "comparisons": [
            compare.NameComparison("given_name"), compare.NameComparison("surname"),
            compare.ExactMatch("given_name_2").configure(term_frequency_adjustments=True),
            compare.ExactMatch("surname_2").configure(term_frequency_adjustments=True),
            compare.DateOfBirthComparison("birth_date", input_is_string=True, invalid_dates_as_null=False),
        ],
        "blocking": [
            block_on("given_name", "surname"), block_on("birth_date"), block_on("given_name", "substr(birth_date,1,4)"),
            block_on("surname", "substr(birth_date,1,4)"), block_on("surname", "substr(birth_date,6,5)"),
            block_on("given_name", "substr(birth_date,6,5)"),
            block_on("substr(given_name,1,3)", "substr(surname,1,3)"),
        ],
        "sure": [block_on("given_name", "surname", "birth_date"),
                 "l.given_name = r.given_name and l.surname = r.surname and levenshtein(l.birth_date, r.birth_date) <= 1",
                 "l.birth_date = r.birth_date and l.surname = r.surname",
                 "l.birth_date = r.birth_date and l.given_name = r.given_name"],
        "recall": 0.9,
        "train": [block_on("given_name", "surname"), block_on("birth_date")],
    }


def split_given_names(frame):
    """The registers of the town write a first name and, after a space, the second or its first letter."""
    parts = frame["given_names"].str.split(" ", n=1, expand=True)
    frame["first_name"], frame["middle"] = parts[0], parts[1].str[:1]
    return frame


def names():
    return [compare.NameComparison("first_name"), compare.NameComparison("surname"), compare.ExactMatch("middle")]

def birth():
    return compare.DateOfBirthComparison("birth_date", input_is_string=True, invalid_dates_as_null=False)


def person_blocks():
    return [
        block_on("first_name", "surname"), block_on("birth_date"), block_on("first_name", "substr(birth_date,1,4)"),
        block_on("surname", "substr(birth_date,1,4)"), block_on("first_name", "substr(birth_date,6,5)"),
        block_on("surname", "substr(birth_date,6,5)"), block_on("substr(first_name,1,3)", "substr(surname,1,3)"),
    ]


def person_sure():
    return [
        block_on("first_name", "surname", "birth_date"),
        "l.first_name = r.first_name and l.surname = r.surname and levenshtein(l.birth_date, r.birth_date) <= 1",
    ]


def address():
    """One comparison of street and number together: apart they would count the same house twice."""
    return compare.CustomComparison(
        output_column_name="address",
        comparison_levels=[
            level.Or(level.NullLevel("street"), level.NullLevel("house_number")),
            level.And(level.ExactMatchLevel("street"), level.ExactMatchLevel("house_number")),
            level.And(level.JaroWinklerLevel("street", 0.9), level.LevenshteinLevel("house_number", 1)),
            level.JaroWinklerLevel("street", 0.9),
            level.ElseLevel(),
        ])


def pp_security():
    return {
        "comparisons": [*names(), birth(), compare.ExactMatch("sex")],
        "derive": split_given_names,
        "blocking": person_blocks(),
        "sure": person_sure(),
        "recall": 0.8,
        "train": [block_on("first_name", "surname"), block_on("birth_date")],
    }


def pp_decade():
    return {
        "comparisons": [
            *names(), birth(), compare.ExactMatch("sex"), compare.ExactMatch("race_ethnicity"),
            address(),
        ],
        "derive": split_given_names,
        "blocking": [*person_blocks(), block_on("first_name", "street"),
                     block_on("first_name", "house_number", "sex")],
        "sure": person_sure(),
        "recall": 0.7,
        "train": [block_on("first_name", "surname"), block_on("birth_date"), block_on("street", "house_number")],
    }


def pp_wages():
    return {
        "comparisons": [
            *names(), birth(), compare.ExactMatch("sex"), compare.ExactMatch("ssn"),
            address(),
        ],
        "derive": split_given_names,
        "blocking": [
            block_on("ssn"), block_on("first_name", "surname"), block_on("first_name", "street"),
            block_on("first_name", "house_number"), block_on("street", "house_number"),
            block_on("substr(first_name,1,3)", "substr(surname,1,3)"),
        ],
        "sure": [block_on("ssn"), block_on("first_name", "surname", "street", "house_number")],
        "recall": 0.7,
        "train": [block_on("first_name", "surname"), block_on("ssn")],
    }


MODELS = {"febrl1": febrl, "febrl2": febrl, "febrl3": febrl, "febrl4": febrl, "fake_1000": fake_1000,
          "rldata10000": rldata, "pp_security": pp_security, "pp_decade": pp_decade, "pp_wages": pp_wages}
