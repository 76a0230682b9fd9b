#!/usr/bin/env python3
"""Runs every system on every set and tells how well and how fast. Called by `run`, which sets up what it needs.

    run.py --work FOLDER [--only SET]… [--system SYSTEM]… [--quick] [--verband PATH]
"""

import argparse
import json
import sys
from pathlib import Path

import score
import sets
import systems

QUICK = ["febrl1", "fake_1000"]
COLUMNS = ["set", "system", "pairwise P", "R", "F1", "closure P", "R", "F1", "B-cubed P", "R", "F1", "exact F1", "wall s",
           "peak MiB"]


def known_systems(work):
    python = work / "python" / "bin" / "python"
    return {
        "verband": systems.verband,
        "splink 5": systems.peer("splink_peer.py", python, 0.5),
        "splink 4": systems.peer("splink_peer.py", work / "python-splink4" / "bin" / "python", 0.5),
        "recordlinkage ECM": systems.peer("ecm_peer.py", python, None),
    }


def figures(name, system, run, truth_path, link_only=False):
    """All figures of one run, as they go into figures.json."""
    truth = score.Truth(truth_path, link_only)
    row = {"set": name, "system": system, "seconds": run.seconds, "mebibytes": run.mebibytes,
           "pairwise": score.score_pairs(truth, score.read_pairs(run.pairs, truth, run.threshold)),
           **score.score_clusters(truth, score.read_clusters(run.clusters, truth))}
    if run.certain:
        row["certain"] = score.score_clusters(truth, score.read_clusters(run.certain, truth))
    if run.tasks:
        with open(run.tasks, encoding="utf-8") as file:
            row["tasks_per_1000"] = 1000 * max(0, sum(1 for _ in file) - 1) / len(truth.person)
    return row


def cells(row):
    if "failed" in row:
        return [row["set"], row["system"], f"failed: {row['failed']}".replace("|", "/")] + [""] * (len(COLUMNS) - 3)
    three = [f"{row[kind][part]:.4f}" for kind in ("pairwise", "closure", "bcubed")
             for part in ("precision", "recall", "f1")]
    return [row["set"], row["system"], *three, f"{row['exact']['f1']:.4f}", f"{row['seconds']:.2f}",
            f"{row['mebibytes']:.0f}"]


def table(columns, rows):
    aligned = ["---" if place < 2 else "---:" for place in range(len(columns))]
    return "\n".join("| " + " | ".join(line) + " |" for line in [columns, aligned, *rows]) + "\n"


def certain_table(rows):
    """What our engine is certain of, and what it leaves to a steward."""
    lines = [[row["set"], row["system"], f"{row['certain']['closure']['precision']:.4f}",
              f"{row['certain']['closure']['recall']:.4f}", str(row["certain"]["closure"]["wrong"]),
              f"{row['tasks_per_1000']:.1f}"] for row in rows if "certain" in row]
    return table(["set", "system", "certain P", "R", "wrong pairs", "tasks / 1,000 records"], lines) if lines else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--only", action="append", metavar="SET", choices=list(sets.SETS))
    parser.add_argument("--system", action="append", metavar="SYSTEM")
    parser.add_argument("--quick", action="store_true", help=f"only {', '.join(QUICK)}")
    parser.add_argument("--verband", type=Path)
    options = parser.parse_args()
    known = known_systems(options.work)
    chosen = options.system or [name for name in known if name != "verband" or options.verband]
    for unknown in set(chosen) - set(known):
        parser.error(f"no system {unknown}; there are {', '.join(known)}")

    rows = []
    for name in options.only or (QUICK if options.quick else sets.SETS):
        paths, truth = sets.prepare(name, options.work / "data", options.work / "registers")
        for system in chosen:
            folder = options.work / "runs" / f"{name}-{system.replace(' ', '-')}"
            folder.mkdir(parents=True, exist_ok=True)
            try:
                run = known[system](name, paths, folder, command=options.verband)
                rows.append(figures(name, system, run, truth, sets.link_only(name)))
            except systems.Failed as failed:
                rows.append({"set": name, "system": system, "failed": str(failed)})
            print(" ".join(cells(rows[-1])), file=sys.stderr, flush=True)

    text = table(COLUMNS, [cells(row) for row in rows])
    certain = certain_table(rows)
    if certain:
        text += "\n" + certain
    (options.work / "figures.json").write_text(json.dumps(rows, indent=1) + "\n")
    (options.work / "figures.md").write_text(text)
    print(text, end="")
    return 1 if any("failed" in row for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
