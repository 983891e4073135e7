"""The modes of a kind of box and their grammars, read from `known/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from siteauto.lab.devices.cisco_ios.parameters import accepts
from siteauto.lab.grammar import Node, compile_grammar

SWITCH = ("config.txt", "config_modes.txt", "interface.txt", "switch.txt")
CONTROLLER = ("config.txt", "config_modes.txt", "interface.txt", "wireless.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A mode: the word of its prompt and what may be typed in it."""

    name: str
    root: Node


@cache
def config_modes(parts: tuple[str, ...]) -> Mapping[str, Mode]:
    """All configuration modes, put together from these files of `known/`."""
    lines: dict[str, list[str]] = {}
    for part in parts:
        _read(part, lines)
    lines["config-if-range"] = lines["config-if"]
    return {name: Mode(name=name, root=compile_grammar(commands, accepts)) for name, commands in lines.items()}


@cache
def exec_grammar(answered: tuple[str, ...]) -> Node:
    """Privileged exec mode: our own commands and the show commands that the answers know."""
    lines: dict[str, list[str]] = {}
    _read("exec.txt", lines)
    return compile_grammar((*(f"{command} * answer" for command in answered), *lines["exec"]), accepts)


def _read(part: str, lines: dict[str, list[str]]) -> None:
    """Lines of each mode; a line `== NAME` starts a mode, or goes on with it."""
    commands: list[str] = []
    for line in (files(__package__) / "known" / part).read_text().splitlines():
        if line.startswith("== "):
            commands = lines.setdefault(line.removeprefix("== "), [])
        else:
            commands.append(line)
