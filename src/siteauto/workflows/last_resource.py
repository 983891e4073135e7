"""What the devices without a timer have decided: nothing undoes them, so what they run is read before it is decided."""

from siteauto.core.change.run_history import RunHistory
from siteauto.core.change.transaction import Decision
from siteauto.core.errors import UnreachableError
from siteauto.core.models import DeviceName
from siteauto.workflows.push import Push
from siteauto.workflows.push_look import Seen, look
from siteauto.workflows.site_push import SitePush


def read_decision(site: SitePush, history: RunHistory) -> Decision:
    """Commit where all of them run the new configuration and no check had failed on it; else abort.

    They go last, when everything else is armed and verified: their own commit is the decision, though it was not
    written. Raises UnreachableError where one of them may have been changed and cannot be asked.
    """
    last = [name for group in site.order.last for name in group]
    begun = [name for name in last if name in site.begun]
    if history.decision is not None or history.problems or not begun:
        return Decision.ABORT
    seen: dict[DeviceName, Seen] = {}

    def act(one: Push) -> None:
        name = one.plan.device
        seen[name] = look(one, site.staged[name], site.words[name], site.ports)

    for name, outcome in site.run(begun, act).items():
        if outcome.error is not None:
            raise UnreachableError(
                f"{name}: it has no timer and may have been changed, and nobody can ask it",
                expected="its configuration: when it is new the change is carried out, else all is undone",
                found=str(outcome.error),
                next_step="Nothing was done; every other device undoes the change by itself at its deadline. When it "
                f"can be reached again, type: siteauto resume {site.name}",
            )
    return Decision.COMMIT if all(seen.get(name) is Seen.NEW for name in last) else Decision.ABORT
