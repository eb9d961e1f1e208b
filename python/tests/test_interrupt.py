"""Ctrl-C, in a process of its own."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed")

LONG = """
import sys, json, time
import pyarrow as pa
import wirecopy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
table = pa.table({"text": [f"{text} {n}" for n in range(60) for text in texts]})
print("begins", flush=True)
try:
    wirecopy.dedup(table, threads=1)
except KeyboardInterrupt:
    print("stopped", flush=True)
    # the process is as good as before
    assert len(wirecopy.dedup(table.slice(0, 10))) == 10
    sys.exit(7)
print("done", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
def test_ctrl_c_stops_a_run(corpus):
    run = subprocess.Popen([sys.executable, "-c", LONG, str(corpus[0])], stdout=subprocess.PIPE, text=True)
    assert run.stdout.readline() == "begins\n"
    time.sleep(0.3)
    asked = time.monotonic()
    run.send_signal(signal.SIGINT)
    said = run.stdout.readline()
    waited = time.monotonic() - asked
    assert run.wait(timeout=60) == 7 and said == "stopped\n"
    assert waited < 5, f"it took {waited:.1f} s"
