"""The servers of a site, by Ansible."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from siteauto.core.ports import PlaybookResult, Playbooks
from siteauto.core.run import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    """How the servers of a site are played. `untested` says why they cannot be, on this machine."""

    playbooks: Playbooks
    inventory: Mapping[str, object]
    untested: str = ""


def play(servers: Servers | None, *, check: bool, on_event: Callable[[Event], None]) -> PlaybookResult | None:
    """Set the servers up, or with `check` say what that would change. None: the site has no server."""
    if servers is None:
        return None
    if servers.untested:
        return PlaybookResult(tasks=(), status="untested", reason=servers.untested)
    return servers.playbooks.run(inventory=servers.inventory, check=check, on_event=on_event)
