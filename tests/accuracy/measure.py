"""Runs one command to its end and writes what it used.

    measure.py FIGURES.json LOG COMMAND…

A process of its own, and a small one: Linux counts the parent's memory at the start of a child into the child's peak, so
that a large parent would hide a small child. What is measured is never below this one's own some ten MiB.
"""

import json
import os
import subprocess
import sys
import time

figures, log, *command = sys.argv[1:]
with open(log, "wb") as output:
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=output, stderr=output)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begun
child.returncode = os.waitstatus_to_exitcode(status)
with open(figures, "w", encoding="utf-8") as file:
    json.dump({"code": child.returncode, "seconds": seconds, "processor_seconds": used.ru_utime + used.ru_stime,
               "mebibytes": used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)}, file)
