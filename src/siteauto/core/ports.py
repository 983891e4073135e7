"""The seams: what the workflows ask of the world. Adapters implement these, `siteauto.testing` fakes them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from siteauto.core.backup_ports import Copies as Copies  # noqa: PLC0414 - one place to take every port from
from siteauto.core.backup_ports import Sealer as Sealer  # noqa: PLC0414
from siteauto.core.backup_ports import Store as Store  # noqa: PLC0414
from siteauto.core.change.offline_plan import Revision, StoredCopy
from siteauto.core.forge.port import Forge as Forge  # noqa: PLC0414
from siteauto.core.intent import DeviceIntent, RenderedConfig
from siteauto.core.models import Device, DeviceName, SecretRef, Site, SiteName
from siteauto.core.platform_spec import Getter, Ntc, PlatformSpec, Row, TextFsm
from siteauto.core.run import Event, Outcome

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A login. The transport resolves the password when it needs it, and never sends a refused one again."""

    username: str
    password: SecretRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A device and where it is reached now: its own address (live) or the lab's.

    `credentials` are tried in order: the site's own first, then the bootstrap's, for a factory-new box. `writable` is
    set by a push alone: every other session refuses what the platform does not list as read-only. `generation` tells
    the configuration that was found (0) from the one that a push made live (1): a login refused under one may be right
    under the other, and within one no refused password is sent twice. `elsewhere` is the address of the same box under
    the other configuration, where a change moves it: the keys that are pinned at one of them hold at both.
    """

    device: Device
    platform: PlatformSpec
    host: str
    port: int
    credentials: tuple[Credential, ...]
    known_hosts: Path
    trust_new_host_key: bool = False  # pin a key that was never seen; a changed one is always refused
    elsewhere: str = ""  # empty: it has one address only
    proxy_command: str = ""  # whose input and output lead to the device, %h port %p; empty: straight
    timeout: float = 30.0  # seconds of silence before the device counts as unreachable
    longest: float = 900.0  # seconds that one answer may take, however steadily it comes
    writable: bool = False
    generation: int = 0

    @property
    def way(self) -> str:
        """The proxy command for this address; empty: straight."""
        return self.proxy_command.replace("%h", self.host).replace("%p", str(self.port))

    @property
    def turned(self) -> "Target":
        """The same box at its other address."""
        return replace(self, host=self.elsewhere, elsewhere=self.host) if self.elsewhere else self

    def under(self, generation: int) -> "Target":
        """The device as it is reached under this configuration."""
        return self if generation == self.generation else replace(self.turned, generation=generation)


class Session(Protocol):
    """One open login to a device. Raises DeviceError and its children; never a driver's own exception."""

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """Send one command and return what it printed, without echo and prompt."""
        ...

    def configure(self, lines: Sequence[str]) -> str:
        """Type lines in configuration mode; return all that was printed. Stops at a line refused, and shows it."""
        ...

    def get(self, getter: str) -> Sequence[Row]:
        """Rows of a NAPALM getter. Raises DeviceError where the driver has none."""
        ...

    def fetch(self, which: str) -> str:
        """The exact `running` or `startup` configuration."""
        ...

    def stage(self, text: str, *, mode: str, name: str) -> str:
        """Load a candidate (mode: replace or merge) under a unique name; return the device's own diff."""
        ...

    def discard(self) -> None:
        """Forget the staged candidate and remove its files."""
        ...


class Transport(Protocol):
    """Opens sessions. A session is fresh: never one from a pool."""

    def connect(self, target: Target) -> AbstractContextManager[Session]:
        """Log in. Raises UnreachableError, AuthenticationError, HostKeyError."""
        ...


class Parser(Protocol):
    """Turns a command's output into rows with the parser that a platform named."""

    def parse(self, platform: PlatformSpec, parser: Ntc | TextFsm | Getter, command: str, text: str) -> Sequence[Row]:
        """Rows with lower-case keys. Raises DeviceError when the text does not fit the template."""
        ...


class Runner(Protocol):
    """Does one operation on many devices at once; one device's trouble is that device's outcome."""

    def run(self, targets: Sequence[Target], operation: Callable[[Target], T]) -> Mapping[DeviceName, Outcome[T]]:
        """Outcomes for every target given, in their order."""
        ...


class Inventory(Protocol):
    """The company as data."""

    def sites(self) -> tuple[SiteName, ...]:
        """All sites, sorted."""
        ...

    def site(self, name: SiteName) -> Site:
        """One site, inherited and addressed. Raises InputError with every problem found, UsageError if unknown."""
        ...


class Renderer(Protocol):
    """Lays an intent out as a platform's configuration text."""

    def render(self, intent: DeviceIntent, platform: PlatformSpec) -> RenderedConfig:
        """The whole intended configuration, with secrets as markers."""
        ...

    def bootstrap(self, intent: DeviceIntent, platform: PlatformSpec) -> RenderedConfig:
        """The day-0 text: management reachability and what a safe push needs, nothing secret of the site."""
        ...


class Secrets(Protocol):
    """Values of secret references."""

    def resolve(self, ref: SecretRef) -> str:
        """The value. Raises SecretError that names the reference and how to provide it."""
        ...

    def missing(self, refs: Sequence[SecretRef]) -> tuple[SecretRef, ...]:
        """Those of the references that have no value here."""
        ...


class Clock(Protocol):
    """Time as an argument."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait; a fake does not."""
        ...


class Journal(Protocol):
    """Append-only record of a run, with the texts that it refers to. Raises StoreError."""

    def append(self, record: Mapping[str, object]) -> None:
        """Write one record; it is on the disk when this returns."""
        ...

    def read(self) -> Sequence[Mapping[str, object]]:
        """All records, in order, as JSON has them."""
        ...

    def keep(self, name: str, text: str) -> str:
        """Keep a text beside the records, for the owner alone; it is on the disk when this returns its digest."""
        ...

    def kept(self, name: str, digest: str) -> str:
        """The text that was kept under this name, if it still has this digest."""
        ...

    def seal(self, secret: str) -> str:
        """The secret in a form that may stand in a record: only this machine can read it."""
        ...

    def unseal(self, sealed: str) -> str:
        """The secret that was sealed. Raises StoreError where the key is another one."""
        ...


class Backups(Protocol):
    """What was stored last, for whoever compares without devices."""

    @property
    def name(self) -> str:
        """Where the backups are, for people."""
        ...

    def last(self, site: SiteName, file: str) -> StoredCopy | None:
        """The last redacted text of a file with its commit; None: never stored. Raises StoreError."""
        ...


class Branches(Protocol):
    """Branches of the repository on the forge that siteauto writes."""

    def publish(self, branch: str, files: Mapping[str, str], message: str) -> bool:
        """Make the branch one commit with these files. False: it is that already, or a person works on it."""
        ...

    def delete(self, branch: str) -> None:
        """Take a branch away, if it is there and nobody else has written to it."""
        ...


class Revisions(Protocol):
    """States of the repository."""

    def find(self, ref: str) -> Revision:
        """The state that has this name. Raises UsageError where there is none."""
        ...

    def unpack(self, revision: Revision) -> AbstractContextManager[Path]:
        """Its files in a folder of their own, for as long as they are read."""
        ...


class Playbooks(Protocol):
    """Runs Ansible for the servers of a site."""

    def run(
        self, *, inventory: Mapping[str, object], check: bool, on_event: Callable[[Event], None]
    ) -> "PlaybookResult":
        """Play `site_server.yml`; with check, change nothing and report what would change."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOutcome:
    """One Ansible task on one host: ok, changed, failed, unreachable or skipped."""

    host: str
    task: str
    status: str
    message: str = ""
    diff: str = ""  # what it changes in a file, unified


SERVER_EXIT_CODES = {"successful": 0, "failed": 3, "unreachable": 4, "untested": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookResult:
    """What a play did."""

    tasks: tuple[TaskOutcome, ...]
    status: str  # one of SERVER_EXIT_CODES
    reason: str = ""

    @property
    def exit_code(self) -> int:
        """0 done, 3 failed, 4 unreachable or untested."""
        return SERVER_EXIT_CODES[self.status]

    @property
    def settled(self) -> bool:
        """Whether, in check mode, it says for certain that nothing is left to do."""
        return self.status == "successful" and not self.changed

    @property
    def changed(self) -> tuple[TaskOutcome, ...]:
        """The tasks that changed something (or would, in check mode)."""
        return tuple(task for task in self.tasks if task.status == "changed")


class Reporter(Protocol):
    """Turns values into words. Never consulted for a decision."""

    def event(self, event: Event) -> None:
        """Progress, as it happens."""
        ...
