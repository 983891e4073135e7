"""What the box prints for an operational command, computed from its configuration, its cables and the clock."""

import re

from siteauto.lab.devices.juniper_junos import answers_network, answers_ports, answers_system
from siteauto.lab.devices.juniper_junos.answer import Answer, UnknownWordError, Words
from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.factory import VERSION
from siteauto.lab.devices.juniper_junos.listing import as_braces, as_commands, children_at, compared
from siteauto.lab.devices.juniper_junos.rpc_operational import RPCS

SHOW_CONFIGURATION = ("show", "configuration")


def _configuration(box: Box, words: Words) -> str:
    last = box.database.commits[0]
    stamp = f"## Last commit: {box.local(last.at):%Y-%m-%d %H:%M:%S %Z} by {last.user}\n"
    if words and children_at(box.running, words) is None:
        return ""
    body = as_braces(box.running, words)
    return stamp + f"version {VERSION};\n" + body if not words else body


ANSWERS: tuple[Answer, ...] = (
    *answers_system.ANSWERS,
    *answers_ports.ANSWERS,
    *answers_network.ANSWERS,
    Answer(
        command="show configuration",
        text=_configuration,
        source="recording oxidized/junos#srx300_22.4#simulation.yaml",
    ),
)
SPOKEN = RPCS  # what is asked over NETCONF


def answer(box: Box, command: str) -> str | None:
    """What the box prints for a command with its pipes; None: it knows no such command. Raises UnknownWordError."""
    line, *pipes = (part.strip() for part in command.split("|"))
    words = tuple(line.split())
    if words[:2] == SHOW_CONFIGURATION and "display set" in pipes:
        return piped(as_commands(box.running, words[2:]), [one for one in pipes if one != "display set"])
    if words[:2] == SHOW_CONFIGURATION and any(one.startswith("compare rollback") for one in pipes):
        number = int(pipes[0].split()[-1])
        commits = box.database.commits
        return compared(commits[number].tree, box.running) if number < len(commits) else "error: rollback not found\n"
    known = [one for one in ANSWERS if words[: len(one.command.split())] == tuple(one.command.split())]
    if not known:
        return None
    best = max(known, key=lambda one: len(one.command))
    return piped(best.text(box, words[len(best.command.split()) :]), pipes)


def piped(text: str, pipes: list[str]) -> str:
    """The text behind its pipes: match, except, count, no-more, display omit."""
    for pipe in pipes:
        verb, _, rest = pipe.partition(" ")
        pattern = rest.strip().strip('"')
        lines = text.splitlines(keepends=True)
        if verb == "match":
            text = "".join(line for line in lines if re.search(pattern, line, re.IGNORECASE))
        elif verb == "except":
            text = "".join(line for line in lines if not re.search(pattern, line, re.IGNORECASE))
        elif verb == "count":
            text = f"Count: {len(lines)} lines\n"
        elif verb == "last":
            text = "".join(lines[-int(pattern or 1) :])
        elif verb not in ("no-more", "display"):
            raise UnknownWordError(verb)
    return text
