"""Whether a site has a lab, for whoever only wants to know: none of what simulates one is loaded for that."""

from siteauto.adapters.state_folder import StateFolder
from siteauto.app.settings import Settings
from siteauto.core.errors import UsageError
from siteauto.core.models import SiteName
from siteauto.lab import process


def running_lab(settings: Settings, name: SiteName) -> process.LabState | None:
    """The site's lab; None: there is none. Raises UsageError where one died: its state must not be taken for live."""
    state = process.read_state(StateFolder(settings.state).lab(name))
    if state is None or process.is_alive(state):
        return state
    raise UsageError(
        f"The lab of {name} is not running any more, but its state is still here",
        expected=f"process {state.pid} with the lab",
        found="none",
        next_step=f"Clean up with: siteauto lab down {name}",
    )


def describe(state: process.LabState) -> str:
    """The lab for people."""
    return f"lab {state.site} (simulated devices at 127.0.0.0/8 port {state.port}, process {state.pid})"
