"""What the box says of 802.1X on its ports. Nobody is plugged in at the edge of the lab, so no session exists."""

from siteauto.lab.devices.cisco_ios.answer import SWITCH, Answer, Arguments, has, interface
from siteauto.lab.devices.cisco_ios.parameters import short_interface_name
from siteauto.lab.devices.cisco_ios.view import View

NO_SESSION = "No sessions currently exist"


def dot1x_summary(view: View, _: Arguments) -> str:
    """`show dot1x all summary`: the ports that ask for 802.1X."""
    ports = [port for port in view.state.ports if has(interface(view, port.name), "dot1x pae authenticator")]
    rows = [f"{short_interface_name(port.name):<16}{'AUTH':<8}{'none':<16}{'UNAUTHORIZED':<12}" for port in ports]
    return "\n".join(("Interface       PAE     Client          Status          ", "-" * 56, *rows))


ANSWERS = (
    Answer(
        commands=("show access-session", "show authentication sessions"),
        text=lambda _view, _arguments: NO_SESSION,
        source="manual genieparser ShowAuthenticationSessions golden output; no recording of an empty list",
        roles=SWITCH,
    ),
    Answer(
        commands=("show dot1x all summary",),
        text=dot1x_summary,
        source="manual genieparser ShowDot1xAllSummary golden output; no recording among the captures",
        roles=SWITCH,
    ),
)
