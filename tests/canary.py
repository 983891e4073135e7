"""Looks for secrets where none may be, in every form in which one might get there."""

import base64
import contextlib
import re
import stat
import subprocess
import threading
from pathlib import Path

import yaml

from siteauto.core.config.stored_forms import read_type7

TYPE7 = re.compile(r"(?<![0-9A-Fa-f])\d\d(?:[0-9A-Fa-f]{2}){8,}(?![0-9A-Fa-f])")
KEPT = ("secrets.yaml", "spec.json", "backup-identity")  # files that hold secrets on purpose …
EXACT = {"snapshot"}  # … and folders with the exact bytes of devices; all of them are for their owner alone


def secrets_of(lab_folder):
    """The values of a lab, by name. Each is random and like no other."""
    values = yaml.safe_load((lab_folder / "secrets.yaml").read_text(encoding="utf-8"))
    assert len(set(values.values())) == len(values) > 5
    return values


def leaks(values, texts):
    """(place, secret) for every value found in these texts: as it is, in base64 at any offset, or under type 7."""
    forms = [(name, form) for name, value in values.items() for form in (value, *_base64(value))]
    found = {(place, name) for place, text in texts.items() for name, form in forms if form in text}
    for place, text in texts.items():
        hidden = "\n".join(read_type7(stored[0]) or "" for stored in TYPE7.finditer(text))
        found |= {(place, name) for name, value in values.items() if value in hidden}
    return sorted(found)


def _base64(value):
    """What of the value's base64 does not depend on its neighbours, for each of the three ways it may be aligned."""
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + value.encode()).decode().rstrip("=")
        yield coded[(0, 2, 3)[offset] : -1]


def texts_below(folder):
    """Every file below a folder that may hold no secret, and what the git repositories there hold."""
    texts = {}
    for file in folder.rglob("*"):
        if not file.is_file() or ".git" in file.parts:
            continue
        if file.name in KEPT or EXACT & set(file.parts):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, f"{file} can be read by others"
        else:
            texts[str(file)] = file.read_text(encoding="utf-8", errors="replace")
    for repository in folder.rglob(".git"):
        command = ["git", "-C", str(repository.parent), "log", "--all", "--patch", "--format=fuller"]
        texts[str(repository)] = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return texts


class Onlooker:
    """Somebody else on this machine, who reads the command lines of a process's children while it works."""

    def __init__(self, process):
        self._process = process
        self.seen = set()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._thread.join()

    def _look(self):
        while self._process.poll() is None:
            for pid in _descendants(self._process.pid):
                try:
                    self.seen.add(Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace"))
                except OSError:
                    continue
            threading.Event().wait(0.02)


def _descendants(pid):
    found = [pid]
    for each in found:
        with contextlib.suppress(OSError):  # it has ended while we looked
            for task in Path(f"/proc/{each}/task").glob("*/children"):
                found += map(int, task.read_text().split())
    return found
