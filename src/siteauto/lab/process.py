"""A lab in the background: started, found again, and stopped. Its state file says where everything is."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from siteauto.core.errors import UsageError
from siteauto.lab.control_client import ControlClient
from siteauto.lab.spec import LabSpec
from siteauto.lab.spec_file import write_spec

VERSION = 2
STATE = "state.json"
SPEC = "spec.json"
LOG = "lab.log"
KNOWN_HOSTS = "known_hosts"
LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes
STOP_WITHIN = 10.0
READY = b"ready\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerState:
    """How Ansible gets into the lab's server."""

    host: str
    port: int
    user: str
    key_file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LabState:
    """A running lab, as its state file describes it. `started` is the kernel's start time of the process."""

    version: int
    site: str
    pid: int
    started: str
    port: int
    https_port: int
    control: Path
    known_hosts: Path
    secrets: Path | None
    addresses: dict[str, str]  # device -> 127.a.b.c of its planned management address
    servers: dict[str, ServerState]
    no_servers: str  # why there are none

    def client(self) -> ControlClient:
        """Something to move the lab with."""
        return ControlClient(self.control)


def start_lab(spec: LabSpec, folder: Path, *, secrets: Path | None = None) -> LabState:
    """Start a lab in a session of its own and wait until it serves. Raises UsageError with the reason if it does not.

    The folder gets the state file, known_hosts, the log and the specification; one lab at a time.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (running := find_lab(folder)) is not None:
        raise UsageError(
            f"A lab of {running.site} is already running (process {running.pid})",
            next_step=f"Run `siteauto lab down {running.site}` first",
        )
    if (process := _foreign(folder)) is not None:
        raise UsageError(
            f"A lab that another version of siteauto started is running (process {process})",
            next_step=f"Run `kill {process}`",
        )
    write_spec(folder / SPEC, spec)
    arguments = [str(folder), str(_control_path(folder)), str(secrets or "")]
    reading, writing = os.pipe()
    with (folder / LOG).open("ab") as log, os.fdopen(reading, "rb") as ready:
        subprocess.Popen(
            [sys.executable, "-m", "siteauto.lab", str(writing), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=(writing,),
        )
        os.close(writing)
        said = ready.read()
    state = find_lab(folder) if said == READY else None
    if state is None:
        raise UsageError(
            f"The lab of {spec.site} did not start",
            found=said.decode().strip() or "no answer",
            next_step=f"Look into {folder / LOG}",
        )
    return state


def find_lab(folder: Path) -> LabState | None:
    """The lab that runs from this folder; None: none does. State that a dead process left behind is none."""
    state = read_state(folder)
    return state if state is not None and is_alive(state) else None


def read_state(folder: Path) -> LabState | None:
    """What the state file says, alive or not; None: there is none that can be read."""
    try:
        data = json.loads((folder / STATE).read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            return None
        paths = {name: Path(data[name]) for name in ("control", "known_hosts")}
        secrets = Path(data["secrets"]) if data["secrets"] else None
        return LabState(**{**data, **paths, "secrets": secrets, "servers": _servers(data["servers"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _foreign(folder: Path) -> int | None:
    """A living process behind a state file that this version cannot read."""
    try:
        data = json.loads((folder / STATE).read_text(encoding="utf-8"))
        alive = process_start(int(data["pid"])) == data["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return int(data["pid"]) if alive else None


def _servers(data: dict[str, dict[str, Any]]) -> dict[str, ServerState]:  # JSON values
    return {name: ServerState(**{**one, "key_file": Path(one["key_file"])}) for name, one in data.items()}


def is_alive(state: LabState) -> bool:
    """Whether the very process that wrote the state still runs: its number alone may be another's by now."""
    return process_start(state.pid) == state.started


def process_start(pid: int) -> str:
    """The kernel's start time of a process; empty: it does not run."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]


def write_state(folder: Path, state: LabState) -> None:
    """Put the state file there as a whole."""
    draft = folder / f"{STATE}.new"
    draft.write_text(json.dumps(asdict(state), indent=1, default=str), encoding="utf-8")
    draft.replace(folder / STATE)


def stop_lab(state: LabState, folder: Path) -> None:
    """Stop the lab and remove its state. Raises UsageError if the process does not go."""
    if is_alive(state):
        with contextlib.suppress(UsageError):
            state.client().ask("stop")
        if not _gone(state):
            os.kill(state.pid, signal.SIGTERM)
            if not _gone(state):
                raise UsageError(f"The lab's process {state.pid} does not end", next_step=f"Run `kill -9 {state.pid}`")
    for name in (STATE, SPEC, KNOWN_HOSTS):
        (folder / name).unlink(missing_ok=True)
    state.control.unlink(missing_ok=True)


def _gone(state: LabState) -> bool:
    deadline = time.monotonic() + STOP_WITHIN
    while is_alive(state):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _control_path(folder: Path) -> Path:
    path = folder.resolve() / "control.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix="siteauto-lab-")) / "control.sock"
