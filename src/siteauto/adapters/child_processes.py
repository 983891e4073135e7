"""siteauto's own verbs as processes of their own: one that dies takes no other with it, and each has a core to itself.

What they say goes into files, not into a pipe: a child whose parent has died must be able to finish.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from siteauto.core.errors import StoreError

START = (sys.executable, "-c", "from siteauto.cli.main import main; main()")


class Child:
    """One process."""

    def __init__(self, words: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        try:
            descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise StoreError(f"{log} cannot be written", found=error.strerror or str(error)) from error
        with os.fdopen(descriptor, "ab") as out:
            self._process = subprocess.Popen(
                [*START, *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                start_new_session=True,  # Ctrl-C is passed on once: a second one would end its waiting for devices
            )

    def wait(self) -> int:
        """Its exit code, when it has ended."""
        code = self._process.wait()
        return code if code >= 0 else 1

    def interrupt(self) -> None:
        """Have it undo what it has begun."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
