"""Ctrl-C in the wrong moment."""

import subprocess
import sys

# It arrives while an object is destroyed, where Python prints what is raised and goes on.
SWALLOWED = """
import os, signal, time
from siteauto.cli.interrupts import listen

class Late:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):
            pass

listen()
late = Late()
del late
print("swallowed", flush=True)
try:
    time.sleep(20)
    print("lost")
except KeyboardInterrupt:
    print("heard")
"""


def test_ctrl_c_that_python_swallows_is_heard_again():
    ended = subprocess.run([sys.executable, "-c", SWALLOWED], capture_output=True, text=True, timeout=60)
    assert (ended.stdout.split(), ended.stderr) == (["swallowed", "heard"], "")
