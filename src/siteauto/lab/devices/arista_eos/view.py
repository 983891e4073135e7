"""What an answer to a `show` command may look at: the box as it is this moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from siteauto.core.config import ConfigTree, Node
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.arista_eos.sessions import CommitTimer, ConfigSession
from siteauto.lab.state import DeviceState
from siteauto.lab.world_view import WorldView


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The box, its configuration and the world around it. `name` is its name in the inventory, not its hostname."""

    name: str
    hardware: Hardware
    reported: str  # CCS-720XP-48Y6-F
    serial: str
    base_mac: str  # xx:xx:xx:xx:xx:xx
    running: ConfigTree
    running_text: str
    startup_text: str
    startup_saved: datetime | None
    startup_user: str
    state: DeviceState
    world: WorldView
    now: datetime
    booted: datetime
    reload_reason: str
    sessions: tuple[ConfigSession, ...]
    timer: CommitTimer | None

    @property
    def uptime(self) -> float:
        """Seconds."""
        return (self.now - self.booted).total_seconds()

    def up(self, port: str) -> bool:
        """Whether a cable joins this port to one that is up too."""
        return self.world.link_up(self.name, port)


def lines(children: Mapping[str, Node], start: str) -> Iterator[tuple[str, Node]]:
    """The lines that start with these words: what follows them, and the node."""
    for node in children.values():
        if node.line == start:
            yield "", node
        elif node.line.startswith(f"{start} "):
            yield node.line[len(start) + 1 :], node


def first(children: Mapping[str, Node], start: str) -> str | None:
    """What follows these words in the first line that starts with them; None: there is no such line."""
    return next((rest for rest, _ in lines(children, start)), None)


def dotted(mac: str) -> str:
    """`00:1c:73:aa:bb:cc` -> `001c.73aa.bbcc`."""
    digits = mac.replace(":", "")
    return ".".join(digits[at : at + 4] for at in (0, 4, 8))
