"""Runs Ansible by ansible-runner. Ansible itself is only executed, never imported."""

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from siteauto.adapters.ansible_events import read_outcome, read_progress
from siteauto.core.errors import UsageError
from siteauto.core.intent.server_inventory import SECRETS, secret_variables
from siteauto.core.ports import PlaybookResult, Secrets, TaskOutcome
from siteauto.core.run import Event

PLAYBOOK = "site_server.yml"
_TIMEOUT = 900  # seconds for a whole play
_LONG_PATH = 50  # of the 104 characters that a socket's path may have, ssh and this module need the rest
_SHORT_PATH = "/tmp"  # noqa: S108 - only ever for a folder with a random name and mode 0700


class AnsiblePlaybooks:
    """Implements `ports.Playbooks`. `root` is the folder of the playbooks; `scripts` that of ansible-playbook."""

    def __init__(self, *, root: Path, secrets: Secrets, scripts: Path | None = None) -> None:
        self._root = root
        self._secrets = secrets
        self._scripts = scripts or Path(sysconfig.get_path("scripts"))

    def run(self, *, inventory: Mapping[str, object], check: bool, on_event: Callable[[Event], None]) -> PlaybookResult:
        """Play `site_server.yml`; with check, change nothing and report what would change, with diffs.

        Raises UsageError where Ansible or the playbook is missing, and SecretError for a secret without a value.
        `on_event` is called in the caller's thread, with no run id: the caller knows its run.
        """
        self._demand(self._scripts / "ansible-playbook", "Ansible")
        self._demand(self._root / PLAYBOOK, "The playbook of the site's servers")
        secrets = secret_variables(inventory)
        values = {ref.name: self._secrets.resolve(ref) for ref in secrets.values()}
        tasks: list[TaskOutcome] = []
        notes: list[str] = []
        with _private_folder() as folder:
            _write_data(folder, inventory, {name: values[ref.name] for name, ref in secrets.items()})
            for event in _play(folder, root=self._root, scripts=self._scripts, check=check):
                outcome = read_outcome(event)
                if outcome is not None:
                    outcome = _without_secrets(outcome, values)
                    tasks.append(outcome)
                elif event.get("event") in ("verbose", "error") and event.get("stdout"):
                    notes.append(_scrub(event["stdout"], values))
                if progress := read_progress(event, outcome):
                    on_event(progress)
        return _result(tuple(tasks), notes)

    def _demand(self, file: Path, what: str) -> None:
        if not file.is_file():
            raise UsageError(f"{what} is not where it should be", expected=str(file), found="no such file")


def _play(folder: Path, *, root: Path, scripts: Path, check: bool) -> Iterator[dict[str, Any]]:
    """The events of a play as they come; ends with one of kind `error` when the play ended without saying why."""
    from ansible_runner.interface import init_runner  # heavy, and needed only where there is a server

    stop = threading.Event()
    events: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    ours = _environment(folder, scripts)
    runner = init_runner(
        private_data_dir=str(folder),
        project_dir=str(root.resolve()),
        playbook=PLAYBOOK,
        cmdline="--check --diff" if check else "--diff",
        envvars=ours,
        settings={"pexpect_timeout": 1},
        timeout=_TIMEOUT,
        quiet=True,
        event_handler=events.put,  # returns None: the event is not written to a file as well
        cancel_callback=stop.is_set,
    )
    runner.config.env = _controlled(runner.config.env, ours)
    # In a thread of its own, so that Ctrl-C and a failing listener stop the play instead of leaving it behind.
    with ThreadPoolExecutor(max_workers=1) as pool:
        playing = pool.submit(runner.run)
        playing.add_done_callback(lambda _: events.put(None))
        try:
            yield from iter(events.get, None)
        finally:
            stop.set()
        playing.result()
    if runner.status == "timeout":
        yield _error(f"the play did not end within {_TIMEOUT} s")


def _error(text: str) -> dict[str, Any]:
    return {"event": "error", "stdout": text, "created": datetime.now(UTC).isoformat()}


def _environment(folder: Path, scripts: Path) -> dict[str, str]:
    return {
        "PATH": f"{scripts}:{os.environ.get('PATH', os.defpath)}",
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),  # empty: the user's own has no say
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_SSH_CONTROL_PATH_DIR": str(folder / "cp"),
        "ANSIBLE_CALLBACK_PLUGINS": "",  # ansible-runner adds its own
        "ANSIBLE_NOCOWS": "1",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_DEPRECATION_WARNINGS": "0",
        "ANSIBLE_LOCALHOST_WARNING": "0",
        "ANSIBLE_HOST_KEY_CHECKING": "1",
        "ANSIBLE_PIPELINING": "1",
        "ANSIBLE_SSH_ARGS": "-o ControlMaster=auto -o ControlPersist=60s",
        "ANSIBLE_TIMEOUT": "15",
        "ANSIBLE_INJECT_FACT_VARS": "0",
    }


def _controlled(environment: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """Without what the operator's shell tells Ansible, and without secrets of siteauto."""
    return {
        name: value
        for name, value in environment.items()
        if name in ours
        or not name.startswith(("ANSIBLE_", "AWX_", "SITEAUTO_"))
        or os.environ.get(name) != value  # set by ansible-runner
    }


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder for one play, gone with all that is in it at the end. Its path is short: ssh puts a socket in it."""
    usual = tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix="siteauto-play-", dir=usual if len(usual) < _LONG_PATH else _SHORT_PATH))
    try:
        yield folder
    finally:
        for socket in (folder / "cp").glob("*"):
            subprocess.run(["ssh", "-S", str(socket), "-O", "exit", "-"], capture_output=True, check=False)
        shutil.rmtree(folder)


def _write_data(folder: Path, inventory: Mapping[str, object], variables: Mapping[str, str]) -> None:
    hosts = {name: value for name, value in inventory.items() if name != SECRETS}
    _write(folder / "inventory" / "hosts.yml", _untemplated(hosts))
    _write(folder / "env" / "extravars", _untemplated(variables))  # ansible-playbook reads the file; not in argv
    _write(folder / "ansible.cfg", "")


def _untemplated(value: object) -> str:
    """YAML in which no text is a template to Ansible: a password may well hold two braces."""
    match value:
        case str():
            return f"!unsafe {json.dumps(value, ensure_ascii=False)}"
        case Mapping():
            return "{" + ", ".join(f"{json.dumps(str(key))}: {_untemplated(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_untemplated(each) for each in value) + "]"
        case _:
            return json.dumps(value)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)


def _without_secrets(outcome: TaskOutcome, values: Mapping[str, str]) -> TaskOutcome:
    return replace(outcome, message=_scrub(outcome.message, values), diff=_scrub(outcome.diff, values))


def _scrub(text: str, values: Mapping[str, str]) -> str:
    # The second barrier: tasks that handle a secret are marked no_log.
    for name, value in values.items():
        text = text.replace(value, f"secret://{name}")
    return text


def _result(tasks: tuple[TaskOutcome, ...], notes: list[str]) -> PlaybookResult:
    for status in ("unreachable", "failed"):
        if bad := [task for task in tasks if task.status == status]:
            reason = f"{bad[0].host}: {bad[0].task}: {bad[0].message}"
            return PlaybookResult(tasks=tasks, status=status, reason=reason)
    if not any(task.status in ("ok", "changed") for task in tasks):
        said = " ".join(line.strip() for note in notes for line in note.splitlines())
        return PlaybookResult(tasks=tasks, status="failed", reason=said or "the play reached no host")
    return PlaybookResult(tasks=tasks, status="successful")
