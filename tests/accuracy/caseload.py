#!/usr/bin/env python3
"""Runs our engine and Splink on generated caseloads, training included. Called by `million`.

    caseload.py --work FOLDER [--verband PATH] [--records N] [--seeds N…] [--data FILE.csv]… [--system SYSTEM]… [--model FILE]

Each FILE.csv has FILE.truth.csv beside it; without --data the engine generates them by seed.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from pathlib import Path

import run as accuracy
import score
import systems

PER_BUCKET = ["set", "bucket", "records", "falsely certain", "per 1,000"]


def splink(files, folder, work):
    pairs, clusters = folder / "pairs.csv", folder / "clusters.csv"
    seconds, mebibytes = systems.measured(
        [work / "python" / "bin" / "python", systems.HERE / "peers" / "splink_caseload.py", pairs, clusters, *files],
        folder / "log.txt", {"PYTHONDONTWRITEBYTECODE": "1"})
    return systems.Run(pairs, clusters, seconds, mebibytes, 0.5)


def falsely_certain(truth_path, certain_path):
    """Per bucket, the records that are put together with another person's for certain."""
    truth = score.Truth(truth_path)
    label = score.read_clusters(certain_path, truth)
    size = Counter(label.values())
    together = Counter((label[record], person) for record, person in truth.person.items())
    count, wrong = Counter(), Counter()
    with open(truth_path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            bucket, record = row.get("bucket") or "none", row["record_id"]
            count[bucket] += 1
            wrong[bucket] += together[label[record], truth.person[record]] < size[label[record]]
    return {bucket: {"records": count[bucket], "wrong": wrong[bucket]} for bucket in sorted(count)}


def measure(path, system, options):
    truth = path.with_name(path.name.removesuffix(".csv") + ".truth.csv")
    folder = options.work / "runs" / f"{path.stem}-{system.replace(' ', '-')}"
    folder.mkdir(parents=True, exist_ok=True)
    if system == "verband":
        run = systems.verband("caseload", [path], folder, command=options.verband, model=options.model)
    else:
        run = splink([path], folder, options.work)
    row = accuracy.figures(path.stem, system, run, truth)
    if run.certain:
        row["buckets"] = falsely_certain(truth, run.certain)
    return row


def generated(options):
    folder = options.work / "caseloads"
    folder.mkdir(parents=True, exist_ok=True)
    for seed in options.seeds:
        path = folder / f"seed-{seed}-{options.records}.csv"
        systems.measured([options.verband, "generate", "--seed", seed, "--records", options.records, "--out", path,
                          "--truth", path.with_name(path.stem + ".truth.csv")], folder / "log.txt")
        yield path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--verband", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[4])
    parser.add_argument("--data", type=Path, action="append")
    parser.add_argument("--system", action="append", choices=["verband", "splink 5"])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--name", default="caseload", help="of the figures that are written")
    options = parser.parse_args()
    if not options.verband and not options.data:
        parser.error("without --verband there is nothing that generates: give --data")
    chosen = options.system or (["verband"] if options.verband else []) + ["splink 5"]

    rows = []
    for path in options.data or generated(options):
        for system in chosen:
            try:
                rows.append(measure(path, system, options))
            except systems.Failed as failed:
                rows.append({"set": path.stem, "system": system, "failed": str(failed)})
            print(" ".join(accuracy.cells(rows[-1])), file=sys.stderr, flush=True)

    text = accuracy.table(accuracy.COLUMNS, [accuracy.cells(row) for row in rows])
    certain = accuracy.certain_table(rows)
    buckets = [[row["set"], bucket, str(of["records"]), str(of["wrong"]), f"{1000 * of['wrong'] / of['records']:.2f}"]
               for row in rows for bucket, of in row.get("buckets", {}).items()]
    text += f"\n{certain}" * bool(certain)
    text += "\n" * bool(buckets) + accuracy.table(PER_BUCKET, buckets) * bool(buckets)
    (options.work / f"{options.name}.json").write_text(json.dumps(rows, indent=1) + "\n")
    (options.work / f"{options.name}.md").write_text(text)
    print(text, end="")
    return 1 if any("failed" in row for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
