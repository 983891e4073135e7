"""Runs a program that prints a secret, so that the secret goes nowhere else and the repository has no say in it.

No shell, no input, no terminal; the working folder is `/`, so that no file of a repository (an ansible.cfg, an .envrc)
is found by accident; what the program prints to standard error is thrown away, because it may hold the secret.
"""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from siteauto.core.errors import UsageError

LONGEST = 1_000_000  # bytes; a vault with thousands of secrets is smaller
OWN_SECRETS = "SITEAUTO_SECRET_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What became of a program: what it printed, or why that is worth nothing."""

    output: bytes = field(default=b"", repr=False)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """How programs are found and run for one operator. Nothing below `repository` is ever started."""

    environment: Mapping[str, str]
    repository: Path

    def find(self, name: str) -> Path:
        """The program of this name on PATH, or at this absolute path. Raises UsageError."""
        wanted = Path(name).expanduser()
        if not wanted.is_absolute() and "/" in name:
            raise UsageError(
                f"The program {name} is given by a relative path",
                expected="a name on PATH or an absolute path",
                next_step="Correct it in your settings file",
            )
        folders = [each for each in self.environment.get("PATH", os.defpath).split(":") if each.startswith("/")]
        found = shutil.which(str(wanted), path=":".join(folders))
        if found is None:
            raise UsageError(
                f"There is no program {name}",
                expected="a program on PATH" if not wanted.is_absolute() else "an executable file",
                next_step="Install it, or correct your settings file",
            )
        return self.outside(Path(found))

    def outside(self, path: Path) -> Path:
        """The path, unless it leads into the repository. Raises UsageError."""
        absolute = path.expanduser()
        if absolute.resolve().is_relative_to(self.repository.resolve()):
            raise UsageError(
                f"{absolute} is inside the repository",
                expected="a file of yours elsewhere: whoever can change the repository could change it",
                next_step="Move it out of the repository and correct your settings file",
            )
        return absolute

    def run(self, arguments: Sequence[str], *, timeout: float) -> Printed:
        """Run a program that was found by `find`, and take what it prints. Out of time, its process group ends."""
        name = Path(arguments[0]).name
        try:
            process = subprocess.Popen(
                list(arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={key: value for key, value in self.environment.items() if not key.startswith(OWN_SECRETS)},
                start_new_session=True,
            )
        except OSError as error:
            return Printed(reason=f"{name} cannot be started: {error.strerror}")
        with process:
            try:
                output, _ = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                return Printed(reason=f"{name} did not end within {timeout:g} seconds")
            finally:
                if process.returncode is None:  # out of time, or Ctrl-C
                    _end_group(process)
        if process.returncode:
            return Printed(reason=f"{name} ended with code {process.returncode}")
        if len(output) > LONGEST:
            return Printed(reason=f"{name} printed more than {LONGEST:,} bytes")
        return Printed(output=output)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """End a program that still runs, and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
