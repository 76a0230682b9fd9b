#!/usr/bin/env python3
"""Writes the simulated registers of the `pseudopeople` package (BSD-3-Clause), from the sample population it ships.

    pseudopeople_sets.py FOLDER

Runs in the environment that has the package. The seeds are fixed, thus the files are the same each time. Birth dates that
hold eight digits are brought to year-month-day; every other error is left as it came. `person` is the answer.
"""

import re
import sys
import warnings
from pathlib import Path

import pandas
import pseudopeople

ORDER = {"census": (4, 0, 2), "security": (0, 4, 6)}


def date(value, order):
    """Eight digits, in the order of the register, as year-month-day; what else stands there stays."""
    digits = re.sub(r"\D", "", str(value))
    if len(digits) != 8:
        return value
    year, month, day = order
    return f"{digits[year:year + 4]}-{digits[month:month + 2]}-{digits[day:day + 2]}"


def given_names(frame, middle):
    """The first name and what is known of the second, as one column."""
    return (frame["first_name"].astype(object).fillna("") + " " + frame[middle].astype(object).fillna("")).str.strip()


def census(year, seed):
    frame = pseudopeople.generate_decennial_census(seed=seed, year=year)
    return pandas.DataFrame({
        "person": frame["simulant_id"], "given_names": given_names(frame, "middle_initial"), "surname": frame["last_name"],
        "birth_date": frame["date_of_birth"].map(lambda value: date(value, ORDER["census"]), na_action="ignore"),
        "age": frame["age"], "sex": frame["sex"], "race_ethnicity": frame["race_ethnicity"],
        "house_number": frame["street_number"], "street": frame["street_name"], "unit_number": frame["unit_number"],
        "postcode": frame["zipcode"],
    })


def security(year, seed):
    """One row for each number that was given out."""
    frame = pseudopeople.generate_social_security(seed=seed, year=year)
    frame = frame[frame["event_type"] == "creation"]
    return pandas.DataFrame({
        "person": frame["simulant_id"], "given_names": given_names(frame, "middle_name"), "surname": frame["last_name"],
        "birth_date": frame["date_of_birth"].map(lambda value: date(value, ORDER["security"]), na_action="ignore"),
        "sex": frame["sex"],
    })


def wages(year, seed):
    frame = pseudopeople.generate_taxes_w2_and_1099(seed=seed, year=year)
    return pandas.DataFrame({
        "person": frame["simulant_id"], "given_names": given_names(frame, "middle_initial"), "surname": frame["last_name"],
        "ssn": frame["ssn"], "house_number": frame["mailing_address_street_number"],
        "street": frame["mailing_address_street_name"], "unit_number": frame["mailing_address_unit_number"],
        "postcode": frame["mailing_address_zipcode"],
    })


REGISTERS = {"census2020": lambda: census(2020, 1), "census2030": lambda: census(2030, 2),
             "security2020": lambda: security(2020, 3), "wages2020": lambda: wages(2020, 4)}


def main():
    folder = Path(sys.argv[1])
    warnings.filterwarnings("ignore")
    folder.mkdir(parents=True, exist_ok=True)
    for name, register in REGISTERS.items():
        # The registers are sorted by person; shuffled, so that the order tells nothing.
        frame = register().sample(frac=1, random_state=1)
        frame.insert(0, "record_id", [f"{name}-{place}" for place in range(len(frame))])
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
