"""An operator for tests: the command line with a state folder of its own, an empty home, and labs on free ports."""

import contextlib
import io
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from siteauto.cli.main import run
from siteauto.lab.process import LabState, find_lab, read_state

REPOSITORY = Path(__file__).parents[1]
SITE = "us-nyc-mad01"
ENTRY = "from siteauto.cli.main import main; main()"


def _hears_ctrl_c():
    """A process that was started in the background, as on a build server, hands its deafness on to its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Ended:
    """How a command line ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        return self.out.splitlines()


class Operator:
    """Somebody at a keyboard. `cache`: where the image of the lab's server is; by default nowhere, so it is untested."""

    def __init__(self, folder, *, cache=None):
        self.folder = folder
        self.state = folder / "state"
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SITEAUTO_", "XDG_"))}
        self.environment = {
            **kept,
            "HOME": str(self.home),
            "PYTHONPATH": str(REPOSITORY / "src"),
            "SITEAUTO_CACHE": str(cache or folder / "no-cache"),
            "SITEAUTO_ROOT": str(REPOSITORY),
            "SITEAUTO_STATE": str(self.state),
            "SITEAUTO_TARGET": "lab",  # never the addresses of the inventory
        }

    def type(self, *words, **variables):
        """Run a command line in this process."""
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, {**self.environment, **variables}, clear=True),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = run(words)
        return Ended(code, out.getvalue(), err.getvalue())

    def start(self, *words, **variables):
        """Begin a command line in a process of its own: output and progress can be read while it works."""
        return subprocess.Popen(
            [sys.executable, "-c", ENTRY, *words],
            env={**self.environment, **variables},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_hears_ctrl_c,  # noqa: PLW1509 - it only sets a signal
        )

    def expect(self, code, *words, **variables):
        """Run a command line that must end so."""
        ended = self.type(*words, **variables)
        assert ended.code == code, f"{words} ended with {ended.code} and not {code}:\n{ended.out}\n{ended.err}"
        return ended

    def lab(self, *words):
        """Do something to the lab that must succeed."""
        return self.expect(0, "lab", words[0], SITE, *words[1:])

    def console(self, device, *lines):
        """What a device prints when somebody types at its console."""
        return self.lab_state.client().ask("type", device=device, lines=list(lines))["output"]

    @property
    def lab_folder(self):
        return self.state / "lab" / SITE

    @property
    def lab_state(self) -> LabState:
        found = find_lab(self.lab_folder)
        assert found is not None, "the lab is down"
        return found

    def lab_state_or_none(self):
        return find_lab(self.lab_folder)

    def close(self):
        """Stop the lab, if one is up."""
        if read_state(self.lab_folder) is not None:
            self.expect(0, "lab", "down", SITE)


@contextlib.contextmanager
def an_operator(folder, **more):
    operator = Operator(folder, **more)
    try:
        yield operator
    finally:
        operator.close()
