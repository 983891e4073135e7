"""One answer of the box: to which commands, how it is made, and where its form was seen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from siteauto.core.config import Node
from siteauto.core.models import Role
from siteauto.lab.devices.cisco_ios.view import View

Arguments = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the box prints for the commands, in the notation of `grammar.py`; each parameter is an argument of `text`.

    `source` says where the form comes from: `recording <path under the captures>`, `manual <where>`, or `guess <why>`.
    `roles`: boxes of other roles do not know the command; empty: all know it.
    """

    commands: tuple[str, ...]
    text: Callable[[View, Arguments], str]
    source: str
    roles: tuple[Role, ...] = ()


SWITCH = (Role.CORE, Role.ACCESS)
CONTROLLER = (Role.WLC,)


def arguments_of(pattern: str, command: str) -> Arguments | None:
    """What stands in the place of the pattern's parameters; None: another command. `<line>` takes the rest."""
    expected, typed = pattern.split(), command.split()
    found: list[str] = []
    for position, word in enumerate(expected):
        if word == "<line>" and position < len(typed):
            return (*found, " ".join(typed[position:]))
        if position >= len(typed) or not (word.startswith("<") or word == typed[position]):
            return None
        if word.startswith("<"):
            found.append(typed[position])
    return tuple(found) if len(expected) == len(typed) else None


# ── looking things up in the running configuration ───────────────────────────────────────────────────────────────────


def lines(children: Mapping[str, Node], start: str) -> Iterator[tuple[str, Node]]:
    """The lines that start with these words: what follows them, and the node."""
    for node in children.values():
        if node.line == start:
            yield "", node
        elif node.line.startswith(f"{start} "):
            yield node.line[len(start) + 1 :], node


def first(children: Mapping[str, Node], start: str) -> str | None:
    """What follows these words in the first line that starts with them; None: there is no such line."""
    return next((rest for rest, _ in lines(children, start)), None)


def has(children: Mapping[str, Node], line: str) -> bool:
    """Whether this line stands there."""
    return any(node.line == line for node in children.values())


def interface(view: View, name: str) -> Mapping[str, Node]:
    """The lines of an interface; none where it has no section."""
    node = view.running.find(f"interface {name}")
    return node.children if node else {}
