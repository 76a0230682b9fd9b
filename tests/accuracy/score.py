#!/usr/bin/env python3
"""Scores linked pairs and clusters of records against the truth. Standard library only.

    score.py TRUTH.csv [--pairs PAIRS.csv] [--clusters CLUSTERS.csv] [--threshold T] [--link-only]

TRUTH.csv has record_id,cluster_id[,source]; PAIRS.csv id_l,id_r[,score]; CLUSTERS.csv record_id,cluster_id.
Recall is over all true pairs, whether or not a system ever looked at them. A record that CLUSTERS.csv leaves out is
alone. With --link-only, only pairs whose records come from different sources count, in the truth as in what is scored.
What it gives:
  pairwise  the pairs at or above the threshold
  closure   all pairs that share a cluster
  bcubed    per record, how much of its cluster is right and how much of its person it holds, averaged
  exact     clusters equal to a person's, those of one record included
"""

import argparse
import csv
import json
from collections import Counter


def choose_two(count):
    return count * (count - 1) // 2


def harmonic(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def rates(right, given, wanted):
    """Precision, recall and F1 of `right` out of `given` against `wanted`; nothing given is wholly precise."""
    precision = right / given if given else 1.0
    recall = right / wanted if wanted else 1.0
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall),
            "right": right, "wrong": given - right, "missed": wanted - right}


class Truth:
    """Whose each record is, and from which source."""

    def __init__(self, path, link_only=False):
        self.person, self.source, self.link_only = {}, {}, link_only
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["record_id"] in self.person:
                    raise ValueError(f"{path}: a record_id stands twice")
                self.person[row["record_id"]] = row["cluster_id"]
                self.source[row["record_id"]] = row.get("source") or ""
        self.pairs = self.pairs_within(self.person)

    def pairs_within(self, label):
        """The number of pairs that share a label; under link-only, less those from one source."""
        count = sum(choose_two(size) for size in Counter(label.values()).values())
        if self.link_only:
            both = Counter((name, self.source[record]) for record, name in label.items())
            count -= sum(choose_two(size) for size in both.values())
        return count

    def counts(self, left, right):
        return left != right and not (self.link_only and self.source[left] == self.source[right])


def read_pairs(path, truth, threshold=None):
    """The distinct pairs at or above the threshold, each in sorted order."""
    pairs = set()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            score = row.get("score")
            if threshold is not None and score not in (None, "") and float(score) < threshold:
                continue
            left, right = sorted((row["id_l"], row["id_r"]))
            if truth.counts(left, right):
                pairs.add((left, right))
    return pairs


def score_pairs(truth, pairs):
    right = sum(truth.person[left] == truth.person[other] for left, other in pairs)
    return rates(right, len(pairs), truth.pairs)


def read_clusters(path, truth):
    """The cluster of every record of the truth; a record left out is alone."""
    label = {record: ("alone", record) for record in truth.person}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["record_id"] not in label:
                raise ValueError(f"{path}: a record_id is not in the truth")
            label[row["record_id"]] = ("cluster", row["cluster_id"])
    return label


def score_clusters(truth, label):
    person = truth.person
    cluster_size, person_size = Counter(label.values()), Counter(person.values())
    overlap = Counter((label[record], person[record]) for record in person)
    shared = truth.pairs_within({record: (label[record], person[record]) for record in person})
    records = len(person)
    precision = sum(count * count / cluster_size[name] for (name, _), count in overlap.items()) / records
    recall = sum(count * count / person_size[who] for (_, who), count in overlap.items()) / records
    exact = [name for (name, who), count in overlap.items() if count == cluster_size[name] == person_size[who]]
    several = rates(sum(cluster_size[name] > 1 for name in exact),
                    sum(size > 1 for size in cluster_size.values()), sum(size > 1 for size in person_size.values()))
    return {"closure": rates(shared, truth.pairs_within(label), truth.pairs),
            "bcubed": {"precision": precision, "recall": recall, "f1": harmonic(precision, recall)},
            "exact": rates(len(exact), len(cluster_size), len(person_size)),
            "exact_of_several": several,
            "clusters": len(cluster_size), "persons": len(person_size), "largest": max(cluster_size.values())}


def components(records, pairs):
    """Joins what the pairs connect: a label for every record."""
    parent = {record: record for record in records}

    def root(record):
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for left, right in pairs:
        parent[root(left)] = root(right)
    return {record: root(record) for record in records}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth")
    parser.add_argument("--pairs")
    parser.add_argument("--clusters")
    parser.add_argument("--threshold", type=float)
    parser.add_argument("--link-only", action="store_true")
    options = parser.parse_args()
    truth = Truth(options.truth, options.link_only)
    figures = {}
    if options.pairs:
        pairs = read_pairs(options.pairs, truth, options.threshold)
        figures["pairwise"] = score_pairs(truth, pairs)
        figures["components"] = score_clusters(truth, components(truth.person, pairs))
    if options.clusters:
        figures["cluster"] = score_clusters(truth, read_clusters(options.clusters, truth))
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
