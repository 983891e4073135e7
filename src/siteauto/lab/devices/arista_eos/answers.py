"""What the box answers, computed from its configuration, its cables and the clock."""

from siteauto.lab.devices.arista_eos import (
    answers_interfaces,
    answers_lldp,
    answers_routing,
    answers_sessions,
    answers_switching,
    answers_system,
)
from siteauto.lab.devices.arista_eos.answer import Answer, Arguments, arguments_of

ANSWERS: tuple[Answer, ...] = (
    *answers_system.ANSWERS,
    *answers_sessions.ANSWERS,
    *answers_interfaces.ANSWERS,
    *answers_switching.ANSWERS,
    *answers_lldp.ANSWERS,
    *answers_routing.ANSWERS,
)


def find_answer(words: tuple[str, ...]) -> tuple[Answer, Arguments]:
    """The answer to a command that is spelled out in full, and its arguments."""
    for each in ANSWERS:
        for pattern in each.commands:
            found = arguments_of(pattern, words)
            if found is not None:
                return each, found
    raise LookupError(" ".join(words))
