"""What the demo shows at a site, whatever boxes it has: a port that somebody describes by hand, and a cable to pull."""

from dataclasses import dataclass

from siteauto.app.company import open_company, open_site
from siteauto.app.settings import Settings
from siteauto.core.errors import UsageError
from siteauto.core.intent import DeviceIntent, Port
from siteauto.core.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoScript:
    """The switch, what is typed at its console behind siteauto's back, and the port of a cable that matters."""

    switch: str
    typed: tuple[str, ...]
    uplink: str


def write_script(settings: Settings, site: str, *, text: str) -> DemoScript:
    """The script of a site: its farthest switch gets this text as a description. Raises UsageError or InputError."""
    company = open_company(settings)
    intents = open_site(company, site).intents
    switches = [intent for intent in intents if intent.device.role in (Role.CORE, Role.ACCESS)]
    for intent in reversed(switches):
        spec = company.platforms[intent.device.platform] if intent.device.platform else None
        if spec and spec.describe_port:
            port = _spare_port(intent)
            typed = tuple(line.format(port=port.name, text=text) for line in spec.describe_port)
            return DemoScript(switch=intent.device.short, typed=typed, uplink=_uplink(intent))
    raise UsageError(
        f"The demo has nothing to type at {site}",
        expected="a switch whose platform file says how a person describes a port (describe_port)",
        next_step="Give another site",
    )


def _spare_port(intent: DeviceIntent) -> Port:
    """A port that nobody misses; the last one where all are in use."""
    return next((port for port in intent.ports if not port.enabled), intent.ports[-1])


def _uplink(intent: DeviceIntent) -> str:
    """The port towards the operator."""
    path = intent.management.path
    return next(port.name for port in intent.ports if port.neighbour and port.neighbour.device in path)
