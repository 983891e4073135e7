"""Keeps one container alive for exactly as long as its owner lives: a process of its own.

    python -m siteauto.lab.server_guard FOLDER COMMAND…

The owner holds the other end of the guard's standard input. When that end closes, because the owner closed it or
because it was killed, the container is shut down and FOLDER removed. The guard has also inherited the lock of the
folder, which says that it lives.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from siteauto.lab.server_cgroup import born_into, make_groups, own_groups
from siteauto.lab.server_folders import remove_run, write_groups

SHUTDOWN_SECONDS = 10.0


def main(folder: Path, command: list[str]) -> int:
    """Run the command until it ends or standard input closes; return its exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the owner decides, by closing the pipe
    home = own_groups()
    write_groups(folder, tuple(parent / f"siteauto-{folder.name}" for parent in home))
    try:
        with born_into(make_groups(home, f"siteauto-{folder.name}"), home):
            # setpriv: should the guard itself be killed, the kernel asks the container to shut down.
            process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", "--", *command], stdin=subprocess.DEVNULL)
        _wait_for_end(process)
        return process.wait()
    finally:
        remove_run(folder)


def _wait_for_end(process: subprocess.Popen[bytes]) -> None:
    ended = os.pidfd_open(process.pid)
    readable, _, _ = select.select([sys.stdin, ended], [], [])
    if ended in readable:
        return
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(SHUTDOWN_SECONDS)
        return
    process.kill()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
