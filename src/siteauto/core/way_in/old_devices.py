"""What another tool knows of a device: where it is, what it is, and how it is entered."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class OldLogin:
    """A login as the other tool keeps it. `name` says whose it is: the name of the secret that takes its place.

    An empty name: it is the device's own. An empty `username` or `password`: the tool does not know it.
    """

    name: str = ""
    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldDevice:
    """One line of a router.db with what the tool's other files add. `notes` are what siteauto does otherwise."""

    name: str
    host: str
    model: str
    group: str
    login: OldLogin
    port: int = 0
    notes: tuple[str, ...] = ()
