#!/usr/bin/env python3
"""Splink without labels, of the fourth or the fifth version, whichever is installed.

    splink_peer.py SET PAIRS.csv CLUSTERS.csv FILE.csv…

Several files are sources linked to one another. PAIRS.csv holds every pair that was scored, with its probability.
"""

import logging
import sys
import warnings

import duckdb
import pandas
import splink
from splink import DuckDBAPI, Linker, SettingsCreator

from splink_models import MODELS

SEED = 1
THRESHOLD = 0.5


def read(path):
    return pandas.read_csv(path, dtype=str, keep_default_na=False).replace("", None)


def build(frames, settings):
    # One connection of one's own: DuckDB keeps to the cores of the machine by itself.
    api = DuckDBAPI(duckdb.connect(":memory:"))
    if splink.__version__.startswith("4."):
        return Linker(frames, settings, api)
    registered = [api.register(frame, dataset_display_name=f"source_{place}") for place, frame in enumerate(frames)]
    return Linker(registered, settings)


def main():
    name, pairs_path, clusters_path, *files = sys.argv[1:]
    warnings.filterwarnings("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    model = MODELS[name]()
    derive = model.get("derive", lambda frame: frame)
    frames = [derive(read(path)) for path in files]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(frames) == 1 else "link_only",
        unique_id_column_name="record_id",
        comparisons=model["comparisons"],
        blocking_rules_to_generate_predictions=model["blocking"],
        retain_matching_columns=False,
    )
    linker = build(frames, settings)
    linker.training.estimate_probability_two_random_records_match(model["sure"], recall=model["recall"])
    linker.training.estimate_u_using_random_sampling(max_pairs=model.get("max_pairs", 1e6), seed=SEED)
    for rule in model["train"]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    scored = linker.inference.predict()
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, THRESHOLD)
    columns = {"record_id_l": "id_l", "record_id_r": "id_r", "match_probability": "score"}
    scored.as_pandas_dataframe()[list(columns)].rename(columns=columns).to_csv(pairs_path, index=False)
    clustered.as_pandas_dataframe()[["record_id", "cluster_id"]].to_csv(clusters_path, index=False)


if __name__ == "__main__":
    main()
