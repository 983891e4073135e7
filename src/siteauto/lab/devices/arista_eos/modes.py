"""The configuration modes of the box and their grammars, read from `known/`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from siteauto.lab.devices.arista_eos.parameters import accepts
from siteauto.lab.grammar import Node, compile_grammar


@cache
def config_modes() -> Mapping[str, Node]:
    """All configuration modes by name; a line `== NAME` starts one."""
    lines: dict[str, list[str]] = {}
    commands: list[str] = []
    for line in (files(__package__) / "known" / "config.txt").read_text().splitlines():
        if line.startswith("== "):
            commands = lines.setdefault(line.removeprefix("== "), [])
        else:
            commands.append(line)
    return {name: compile_grammar(commands, accepts) for name, commands in lines.items()}
