"""Nornir tasks for any script: render, back up and push what the inventory plug-in `SiteautoInventory` loaded."""

from collections.abc import Callable
from dataclasses import dataclass

from nornir.core.task import Result, Task

from siteauto.core.change.plan import DevicePlan
from siteauto.core.errors import SiteautoError
from siteauto.core.ports import Session, Target, Transport

CONNECTION = "siteauto"  # the connection plug-in, and the key of the kit in a host's data


@dataclass(frozen=True, slots=True, kw_only=True)
class HostKit:
    """What siteauto can do with one host. The inventory plug-in puts it into the host's data.

    `back_up` stores what a session fetches and says in which commit; `push` obeys a plan as a transaction of its own:
    the device's timer runs, it is read again, and any trouble undoes it. The site as a whole is not checked.
    """

    target: Target
    transport: Transport
    render: Callable[[], str]
    back_up: Callable[[Session], str]
    plan: Callable[[], DevicePlan]
    push: Callable[[DevicePlan], None]


def render_config(task: Task) -> Result:
    """The intended configuration as text, secrets as markers. No device is contacted."""
    return Result(host=task.host, result=_kit(task).render())


def backup_config(task: Task) -> Result:
    """Store the running configuration: redacted text in git, exact bytes beside it. The result is the commit."""
    session = task.host.get_connection(CONNECTION, task.nornir.config)
    return Result(host=task.host, result=_kit(task).back_up(session))


def push_config(task: Task, dry_run: bool | None = None) -> Result:  # noqa: FBT001 - Nornir's own signature
    """Bring the device to its intended configuration, or, on a dry run, say by which lines it would change."""
    kit = _kit(task)
    plan = kit.plan()
    if plan.changes and not task.is_dry_run(dry_run):
        kit.push(plan)
    return Result(host=task.host, changed=plan.changes, diff=plan.diff_text, result=plan.diff_digest)


def _kit(task: Task) -> HostKit:
    kit = task.host.data.get(CONNECTION)
    if not isinstance(kit, HostKit):
        raise SiteautoError(
            f"{task.host.name} did not come from siteauto's inventory",
            expected='inventory={"plugin": "SiteautoInventory", "options": {"site": …}}',
            found="another inventory",
            next_step="Use the plug-in in InitNornir",
        )
    return kit
