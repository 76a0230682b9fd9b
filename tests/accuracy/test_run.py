#!/usr/bin/env python3
"""What `run` and `million` call, with a Python in place that only notes what it is asked."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Run(unittest.TestCase):
    def called(self, *options, command="run", failing="", **environment):
        """The scripts that a command calls with their arguments, and its exit status."""
        with tempfile.TemporaryDirectory() as folder:
            here, work = Path(folder) / "tests" / "accuracy", Path(folder) / "target" / "accuracy"
            shutil.copytree(HERE, here, ignore=shutil.ignore_patterns("data", "__pycache__"))
            # Everything is there already, so that nothing is fetched.
            registers = work / "registers"
            registers.mkdir(parents=True)
            shutil.copy(here / "requirements-sets.txt", registers / "requirements.txt")
            shutil.copy(here / "pseudopeople_sets.py", registers / "made-by.py")
            for name, requirements in [("python", "requirements.txt"), ("python-splink4", "requirements-splink4.txt")]:
                (work / name / "bin").mkdir(parents=True)
                shutil.copy(here / requirements, work / name / "requirements.txt")
            notes = Path(folder) / "notes"
            python = work / "python" / "bin" / "python"
            python.write_text(f'#!/bin/sh\necho "${{1##*/}}" "$@" >> "{notes}"\n[ "${{1##*/}}" != "{failing}" ]\n')
            python.chmod(0o755)
            status = subprocess.run([here / command, *options], env={**os.environ, "VERBAND": "engine", **environment},
                                    stdout=subprocess.DEVNULL, check=False).returncode
            lines = [line.split() for line in notes.read_text().splitlines()]
            return [(line[0], " ".join(line[2:])) for line in lines], status

    def test_without_options_everything_is_run(self):
        calls, status = self.called()
        self.assertEqual([name for name, _ in calls], ["run.py", "caseload.py", "caseload.py"])
        self.assertIn("--records 1000000 --seeds 54", calls[1][1])
        self.assertIn("--records 10000 --seeds 51 52 53", calls[2][1])
        self.assertTrue(all("--verband engine" in arguments for _, arguments in calls))
        self.assertEqual(status, 0)

    def test_with_options_only_the_sets(self):
        for options in (["--quick"], ["--only", "febrl1"], ["--system", "verband"]):
            calls, _ = self.called(*options)
            self.assertEqual([name for name, _ in calls], ["run.py"])
            self.assertTrue(calls[0][1].endswith(" ".join(options)))

    def test_million_is_a_command_of_its_own(self):
        calls, _ = self.called("--system", "verband", command="million")
        self.assertEqual([name for name, _ in calls], ["caseload.py", "caseload.py"])
        self.assertTrue(all(arguments.endswith("--system verband") for _, arguments in calls))

    def test_the_peers_alone_have_no_caseloads_unless_they_are_given(self):
        self.assertEqual([name for name, _ in self.called(VERBAND="")[0]], ["run.py"])
        calls, _ = self.called(VERBAND="", MILLION="m.csv", TEN="a.csv b.csv")
        self.assertIn("--data a.csv --data b.csv", calls[2][1])

    def test_what_fails_keeps_nothing_from_being_run(self):
        for failing in ("run.py", "caseload.py"):
            calls, status = self.called(failing=failing)
            self.assertEqual((len(calls), status), (3, 1))


if __name__ == "__main__":
    unittest.main()
