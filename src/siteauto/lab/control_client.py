"""The hand that moves a lab running elsewhere, apart from the lab: a verb need not load what serves devices."""

import json
import socket
from pathlib import Path

from siteauto.core.errors import UsageError

Answer = dict[str, object]
TIMEOUT = 30.0


class ControlClient:
    """Asks at the lab's socket. Raises UsageError with the lab's own words where it refuses."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, command: str, **arguments: object) -> Answer:
        """Have the lab do one command."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(TIMEOUT)
                connection.connect(str(self._path))
                connection.sendall(json.dumps({"command": command, **arguments}).encode() + b"\n")
                answer: Answer = json.loads(connection.makefile("rb").readline())
        except (OSError, ValueError) as problem:
            raise UsageError(
                "The lab does not answer", found=str(problem), next_step="Run `siteauto lab up SITE`"
            ) from problem
        if not answer.get("ok"):
            raise UsageError(str(answer.get("error")))
        return answer
