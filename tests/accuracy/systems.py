"""The systems that are compared: how each is called, and what its child process used."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass
class Run:
    """What one run of a system left behind. `threshold` is the one of the pairs' own scale, at even odds."""

    pairs: Path
    clusters: Path
    seconds: float
    mebibytes: float
    threshold: float | None = None
    certain: Path | None = None
    tasks: Path | None = None


class Failed(Exception):
    """A system ended with an error, or is not there."""


def measured(command, log, environment=None):
    """Runs a child to its end; gives its wall seconds and its peak resident memory in MiB."""
    figures = Path(log).with_name("measured.json")
    subprocess.run([sys.executable, "-I", "-S", HERE / "measure.py", figures, log, *map(str, command)], check=True,
                   env={**os.environ, **(environment or {})})
    used = json.loads(figures.read_text())
    if used["code"] != 0:
        last = Path(log).read_text(errors="replace").strip().splitlines()[-3:]
        raise Failed(f"{Path(command[0]).name} ended with {used['code']}: " + " / ".join(last))
    return used["seconds"], used["mebibytes"]


def verband(name, files, folder, *, command, model=None, mapping=None):
    """Our engine, training on the set itself unless a model is given. Never handed the truth."""
    mapping = mapping or HERE / "maps" / f"{name}.toml"
    run = {part: folder / f"{part}.csv" for part in ("pairs", "clusters", "certain", "tasks")}
    training = ["--model", model] if model else ["--train"]
    seconds, mebibytes = measured(
        [command, "match", "--map", mapping, *training, "--out", run["clusters"], "--certain", run["certain"],
         "--pairs", run["pairs"], "--tasks", run["tasks"], *files], folder / "log.txt")
    # Its scores are bits, log2 of the odds: even odds are 0.
    return Run(seconds=seconds, mebibytes=mebibytes, threshold=0.0, **run)


def peer(script, python, threshold):
    """A peer in the Python it is installed in."""
    def run(name, files, folder, **_):
        pairs, clusters = folder / "pairs.csv", folder / "clusters.csv"
        seconds, mebibytes = measured([python, HERE / "peers" / script, name, pairs, clusters, *files],
                                      folder / "log.txt", {"PYTHONDONTWRITEBYTECODE": "1"})
        return Run(pairs, clusters, seconds, mebibytes, threshold)
    return run
