"""Devices of `fake_platform` in memory, with timers, logins and trouble, and the transport that reaches them."""

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from siteauto.adapters.logins import Logins
from siteauto.core.completeness import find_defects
from siteauto.core.config import apply, parse, to_text
from siteauto.core.errors import AuthenticationError, DeviceError, UnreachableError
from siteauto.core.guard import guarded
from siteauto.core.platform_spec import PlatformSpec, Row
from siteauto.core.ports import Clock, Secrets, Session, Target


@dataclass(slots=True, kw_only=True)
class Trouble:
    """Something that goes wrong when a line that matches is sent, `times` times.

    `kind`: refuse (an error instead of doing it), pretend (says nothing, does nothing), drop or hang (the session ends
    before it is done), drop-after (the session ends after it was done), truncate (half of the answer), or a function to
    call before it is done.
    """

    pattern: str
    kind: str | Callable[[], None]
    times: int = 1


@dataclass(slots=True, kw_only=True)
class FakeDevice:
    """One box: what it runs, what it saved, its files and its timer. Tests read and set all of it."""

    name: str
    platform: PlatformSpec
    clock: Clock
    running: str
    startup: str = ""
    passwords: dict[str, str] = field(default_factory=dict)
    reachable: Callable[[], bool] = lambda: True
    files: dict[str, str] = field(default_factory=dict)
    timer: datetime | None = None
    before: str = ""  # what the timer brings back
    troubles: list[Trouble] = field(default_factory=list)
    refusal: str = "error refused\n"
    answers: dict[str, str] = field(default_factory=dict)  # to what else is shown
    session: str = "Session-Secret-3"  # whoever confirms must know it
    sent: list[str] = field(default_factory=list)
    logins: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.startup = self.startup or self.running

    def settle(self) -> None:
        """Let the timer fire if it is due."""
        if self.timer is not None and self.clock.now() >= self.timer:
            self.running, self.timer = self.before, None

    def reboot(self) -> None:
        """Come back with what was saved."""
        self.running, self.timer = self.startup, None

    def authenticate(self, user: str, password: str) -> bool:
        """Whether this login is let in: a user of the running configuration, or one that the test gave."""
        known = dict(re.findall(r"^user (\S+) secret (\S+)", self.running, re.MULTILINE)) | self.passwords
        accepted = known.get(user) == password
        self.logins.append((user, accepted))
        return accepted

    def do(self, line: str) -> str:
        """The answer to one line."""
        self.settle()
        self.sent.append(line)
        trouble = next((one for one in self.troubles if one.times and re.search(one.pattern, line)), None)
        if trouble is None:
            return self._do(line)
        trouble.times -= 1
        if callable(trouble.kind):
            trouble.kind()
            return self._do(line)
        if trouble.kind == "truncate":
            answer = self._do(line)
            return answer[: len(answer) // 2]
        if trouble.kind == "drop-after":
            self._do(line)
        if trouble.kind in ("drop", "drop-after", "hang"):
            raise UnreachableError(f"{self.name}: the session was lost")
        return self.refusal if trouble.kind == "refuse" else ""

    def _do(self, line: str) -> str:
        word, *rest = line.split()
        commands: dict[str, Callable[..., str]] = {
            "show": self._show,
            "open": lambda: f"session {self.session}\n",
            "replace": self._replace,
            "timer": self._arm,
            "merge": self._merge,
            "confirm": self._confirm,
            "save": self._save,
            "revert": self._revert,
            "delete": self._delete,
        }
        return commands[word](*rest) if word in commands else f"error unknown command {line}\n"

    def _show(self, what: str) -> str:
        timer = "timer runs\n" if self.timer else "no timer\n"
        unsaved = "unsaved\n" if self.running != self.startup else "\n"
        version = f"model F1 serial {self.name} 1\n"
        known = {"running": self.running, "startup": self.startup, "timer": timer, "version": version}
        known["unsaved"] = unsaved
        return (known | self.answers).get(what, "")

    def _replace(self, file: str, _: str, seconds: str) -> str:
        self._arm(seconds)
        self.running = self.files[file]
        return ""

    def _merge(self, file: str) -> str:
        self.type(self.files[file].splitlines())
        return ""

    def _confirm(self, session: str) -> str:
        if session != self.session:
            return "error not your session\n"
        self.timer = None
        return ""

    def _save(self) -> str:
        self.startup = self.running
        return "saved\n"

    def _revert(self) -> str:
        self.running, self.timer = self.before, None
        return ""

    def _delete(self, file: str) -> str:
        self.files.pop(file, None)
        return ""

    def _arm(self, seconds: str) -> str:
        self.before = self.running
        timed = all(method.timer.kind != "none" for method in self.platform.push)
        self.timer = self.clock.now() + timedelta(seconds=int(seconds)) if timed else None
        return ""

    def type(self, lines: Sequence[str]) -> None:
        """Lines typed in configuration mode, by us or by somebody else."""
        rules = self.platform.config
        typed = [line for line in lines if line.strip() != "end"]
        self.running = to_text(apply(parse(rules, self.running), typed))


class FakeTransport:
    """Implements `ports.Transport` over fake devices by name."""

    def __init__(self, devices: Sequence[FakeDevice], secrets: Secrets) -> None:
        self._devices = {device.name: device for device in devices}
        self._logins = Logins(secrets)

    @contextlib.contextmanager
    def connect(self, target: Target) -> Iterator[Session]:
        """Log in. Raises UnreachableError, AuthenticationError."""
        device = self._devices[target.device.name]
        device.settle()
        if not device.reachable():
            raise UnreachableError(f"{device.name}: no session to {target.host} port {target.port}")

        def attempt(user: str, password: str) -> FakeDevice:
            if not device.authenticate(user, password):
                raise AuthenticationError(f"{device.name}: login refused")
            return device

        yield guarded(FakeSession(self._logins.log_in(target, attempt), target), target)


class FakeSession:
    """Implements `ports.Session`."""

    def __init__(self, device: FakeDevice, target: Target) -> None:
        self._device = device
        self._target = target
        self._staged = ""

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:  # noqa: ARG002 - it asks nothing
        """Send one command and return what it printed."""
        if not self._device.reachable():
            raise UnreachableError(f"{self._device.name}: the session was lost")
        return self._device.do(command)

    def configure(self, lines: Sequence[str]) -> str:
        """Type lines one by one until one is refused; return all that was printed."""
        typed, answer = [], ""
        for line in lines:
            if any(one.times and re.search(one.pattern, line) for one in self._device.troubles):
                answer = f"{line}\n{self._device.do(line)}"
                break
            self._device.sent.append(line)
            typed.append(line)
        self._device.type(typed)
        return answer

    def get(self, getter: str) -> Sequence[Row]:
        """Raises DeviceError: it has no getters."""
        raise DeviceError(f"{self._device.name}: the getter {getter} is not possible on Fake OS")

    def fetch(self, which: str) -> str:
        """The exact `running` or `startup` configuration."""
        rules = self._target.platform.backup
        text = self.run({"running": rules.running, "startup": rules.startup}[which])
        if defects := find_defects(rules, text):
            raise DeviceError(f"{self._device.name}: its {which} configuration is not whole", found="; ".join(defects))
        return text

    def stage(self, text: str, *, mode: str, name: str) -> str:
        """Keep a file; say by which lines it differs from what runs."""
        self._device.do(f"show stage-{mode}")
        self._device.files[name] = self._staged = text
        have, want = self._device.running.splitlines(), text.splitlines()
        if mode == "merge":
            return "\n".join(f"+{line}" for line in want if line.strip() not in ("end", "!"))
        gone = [f"-{line}" for line in have if line not in want and line.strip() != "!"]
        return "\n".join(gone + [f"+{line}" for line in want if line not in have and line.strip() != "!"])

    def discard(self) -> None:
        """Forget the file."""
        self._device.files = {name: text for name, text in self._device.files.items() if text != self._staged}
        self._staged = ""
