"""How Splink is set up for each set: comparisons, blocking rules, and the sure rules that the prior is estimated from.

Every set follows Splink's own worked examples: library comparisons, term frequencies where a value's rarity tells
something, several blocking rules, no label anywhere.
"""

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
    """German names of one or two parts and a birth date in three columns."""
    return {
        "comparisons": [
            compare.NameComparison("fname_c1"),
            compare.NameComparison("lname_c1"),
            compare.ExactMatch("fname_c2").configure(term_frequency_adjustments=True),
            compare.ExactMatch("by"), compare.ExactMatch("bm"), compare.ExactMatch("bd"),
        ],
        "derive": {"birth_date": "\"by\" || '-' || lpad(bm, 2, '0') || '-' || lpad(bd, 2, '0')"},
        "blocking": [
            block_on("fname_c1", "lname_c1"), block_on("by", "bm", "bd"), block_on("fname_c1", "by"),
            block_on("lname_c1", "by"), block_on("lname_c1", "bm", "bd"), block_on("fname_c1", "bm", "bd"),
        ],
        "sure": [block_on("fname_c1", "lname_c1", "by", "bm", "bd")],
        "recall": 0.5,
        "train": [block_on("fname_c1", "lname_c1"), block_on("by", "bm", "bd")],
    }


MODELS = {"febrl1": febrl, "febrl2": febrl, "febrl3": febrl, "febrl4": febrl, "fake_1000": fake_1000,
          "rldata10000": rldata}
