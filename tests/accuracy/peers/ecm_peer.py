#!/usr/bin/env python3
"""The unsupervised ECM classifier of the `recordlinkage` package, set up as its documentation shows.

    ecm_peer.py SET PAIRS.csv CLUSTERS.csv FILE.csv…

Each column gives agreement or not, so that the classifier sees a 0 or a 1 each. It takes the larger group of candidates for
one kind or the other, thus blocks are chosen so that links are no rarity among them: wide ones make it fail. It has no clusters of its own, thus its
links are joined. PAIRS.csv holds the links alone, which is what the classifier gives at its own threshold.
"""

import csv
import sys
import warnings

import pandas
import recordlinkage
from recordlinkage.index import Block

JW = ("jarowinkler", 0.85)
EDITS = ("damerau_levenshtein", 0.85)

# Per set: columns with their comparison (None: equal), and the blocks.
FEBRL = {
    "compare": {"given_name": JW, "surname": JW, "date_of_birth": None, "soc_sec_id": None, "suburb": JW,
                "address_1": JW, "postcode": None, "state": None, "street_number": None},
    "blocks": [["given_name"], ["surname"], ["date_of_birth"], ["soc_sec_id"], ["postcode"], ["address_1"]],
}
FAKE = {
    "compare": {"first_name": JW, "surname": JW, "dob": EDITS, "city": JW, "email": JW},
    "blocks": [["first_name"], ["surname"], ["dob"], ["email"]],
}
RLDATA = {
    "compare": {"given_name": JW, "surname": JW, "year": None, "month": None, "day": None},
    "blocks": [["given_name", "surname", "year"], ["birth_date"]],
}
NAMED = {"given_names": JW, "surname": JW}
PLACED = {"house_number": None, "street": JW}
SECURITY = {
    "compare": {**NAMED, "birth_date": EDITS, "sex": None},
    "blocks": [["birth_date"], ["surname", "given_names"]],
}
DECADE = {
    "compare": {**NAMED, "birth_date": EDITS, "sex": None, **PLACED},
    "blocks": [["birth_date"], ["surname", "given_names"]],
}
WAGES = {
    "compare": {**NAMED, **PLACED, "ssn": None},
    "blocks": [["ssn"], ["surname", "given_names"], ["house_number", "street"]],
}
SETUPS = {"febrl1": FEBRL, "febrl2": FEBRL, "febrl3": FEBRL, "febrl4": FEBRL, "fake_1000": FAKE, "rldata10000": RLDATA,
          "pp_security": SECURITY, "pp_decade": DECADE, "pp_wages": WAGES}


def read(path):
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False).replace("", None).set_index("record_id")
    if "birth_date" in frame:
        for place, part in enumerate(["year", "month", "day"]):
            frame[part] = frame["birth_date"].str.split("-").str[place]
    return frame


def main():
    name, pairs_path, clusters_path, *files = sys.argv[1:]
    warnings.filterwarnings("ignore")
    setup, frames = SETUPS[name], [read(path) for path in files]

    index = recordlinkage.Index()
    for columns in setup["blocks"]:
        index.add(Block(columns))
    candidates = index.index(*frames)

    comparison = recordlinkage.Compare()
    for column, similar in setup["compare"].items():
        if similar is None:
            comparison.exact(column, column, label=column)
        else:
            comparison.string(column, column, method=similar[0], threshold=similar[1], label=column)
    features = comparison.compute(candidates, *frames)

    classifier = recordlinkage.ECMClassifier()
    links = classifier.fit_predict((features > 0).astype(int))

    with open(pairs_path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id_l", "id_r"])
        writer.writerows(links)
    parent = {record: record for frame in frames for record in frame.index}

    def root(record):
        while parent[record] != record:
            record = parent[record]
        return record

    for left, right in links:
        parent[root(left)] = root(right)
    with open(clusters_path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["record_id", "cluster_id"])
        writer.writerows((record, root(record)) for record in parent)


if __name__ == "__main__":
    main()
