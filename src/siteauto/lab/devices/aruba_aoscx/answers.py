"""What the box prints for a command, computed from its configuration, its cables and the clock."""

from siteauto.lab.devices.aruba_aoscx import (
    answers_interfaces,
    answers_neighbours,
    answers_routing,
    answers_switching,
    answers_system,
)
from siteauto.lab.devices.aruba_aoscx.answer import Answer, arguments_of
from siteauto.lab.devices.aruba_aoscx.box import Box

ANSWERS: tuple[Answer, ...] = (
    *answers_system.ANSWERS,
    *answers_interfaces.ANSWERS,
    *answers_switching.ANSWERS,
    *answers_neighbours.ANSWERS,
    *answers_routing.ANSWERS,
)

# Answers of the commands that do something, for the page that says how true the lab is.
SPOKEN: tuple[Answer, ...] = tuple(
    Answer(commands=commands, text=lambda _box, _arguments: "", source=source)
    for commands, source in (
        (("show running-config",), "recording oxidized/aoscx#R8N85A-C6000-48G-CL4_PL.10.08.1010 and five others"),
        (("show startup-config",), "manual HPE AOS-CX 10.15 fundamentals; what is said where there is none: a guess"),
        (("boot system",), "manual HPE AOS-CX 10.15 fundamentals"),
        (("checkpoint auto <1-60>", "the warnings of its end"), "manual HPE AOS-CX 10.04 command reference"),
        (("checkpoint auto confirm",), "manual HPE AOS-CX 10.04; that none runs is said in our words"),
        (
            ("checkpoint auto <1-60> while one runs",),
            "manual the text of the REST interface, from an operator's script",
        ),
        (
            ("checkpoint diff <word> <word>",),
            "manual HPE AOS-CX 10.15 fundamentals; nothing where nothing differs: a guess",
        ),
        (("checkpoint rollback <word>", "copy running-config checkpoint <word>"), "manual of 10.18"),
        (("write memory",), "manual of 10.18; the guide of 10.15 shows Success alone"),
        (("show checkpoint", "show checkpoint <word>"), "manual HPE AOS-CX 10.15 fundamentals"),
        (("ping <ip>",), "manual HPE AOS-CX command reference; no recording among the captures"),
    )
)


def commands() -> tuple[str, ...]:
    """What a box can be asked, in the notation of `written_grammar.py`."""
    return tuple(command for each in ANSWERS for command in each.commands)


def answer(command: str, box: Box) -> str:
    """What the box prints for the command, spelled out in full."""
    for each in ANSWERS:
        for pattern in each.commands:
            arguments = arguments_of(pattern, command)
            if arguments is not None:
                text = each.text(box, arguments)
                return text if text.endswith("\n") or not text else f"{text}\n"
    return f"Invalid input: {command.partition(' ')[0]}\n"
