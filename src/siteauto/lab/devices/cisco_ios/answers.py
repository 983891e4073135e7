"""What the box prints for a command, computed from its configuration, its cables and the clock."""

from collections.abc import Iterator

from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.cisco_ios import (
    answers_access,
    answers_addresses,
    answers_health,
    answers_interfaces,
    answers_lldp,
    answers_routing,
    answers_switching,
    answers_system,
    answers_tags,
    answers_time,
    answers_wireless,
)
from siteauto.lab.devices.cisco_ios.answer import Answer, arguments_of
from siteauto.lab.devices.cisco_ios.view import View

ANSWERS: tuple[Answer, ...] = (
    *answers_system.ANSWERS,
    *answers_time.ANSWERS,
    *answers_interfaces.ANSWERS,
    *answers_addresses.ANSWERS,
    *answers_switching.ANSWERS,
    *answers_lldp.ANSWERS,
    *answers_routing.ANSWERS,
    *answers_health.ANSWERS,
    *answers_access.ANSWERS,
    *answers_wireless.ANSWERS,
    *answers_tags.ANSWERS,
)


def commands_of(hardware: Hardware) -> tuple[str, ...]:
    """What a box of this model can be asked, in the notation of `grammar.py`."""
    return tuple(dict.fromkeys(command for each in _known_to(hardware) for command in each.commands))


def answer(command: str, view: View) -> str | None:
    """What the box prints for the command, spelled out in full; None: it knows no such command."""
    for each in _known_to(view.hardware):
        for pattern in each.commands:
            arguments = arguments_of(pattern, command)
            if arguments is not None:
                return each.text(view, arguments)
    return None


def _known_to(hardware: Hardware) -> Iterator[Answer]:
    return (each for each in ANSWERS if not each.roles or set(each.roles) & set(hardware.roles))
