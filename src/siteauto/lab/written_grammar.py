"""The written grammar of a simulated command line: which lines the box takes, and where the others go wrong.

A device keeps it in its folder `known/`, and its answers add their own commands, one a line:

    hostname <word>                      literals, and parameters in angle brackets; <line> takes the rest
    spanning-tree mode (mstp|rpvst)      one of these
    ntp server <word> [prefer]           may be left out
    interface <port> > config-if         opens that mode
    write memory * save                  does something; the shell knows it by that name

Words may be abbreviated as long as they stay unambiguous.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One sequence of words that the box takes, and what it opens or does."""

    words: tuple[str, ...]
    mode: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A line that the box takes, every word in full."""

    words: tuple[str, ...]
    mode: str = ""
    action: str = ""

    @property
    def line(self) -> str:
        """The words as they are kept."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why the box does not take a line: invalid, incomplete or ambiguous, at which word, and how many before it fit."""

    kind: str
    word: str = ""
    fits: int


def _is_number_between(low: int, high: int) -> Callable[[str], bool]:
    return lambda word: word.isdigit() and low <= int(word) <= high


def _is_prefix(word: str) -> bool:
    try:
        return "/" in word and bool(ipaddress.IPv4Interface(word))
    except ValueError:
        return False


PARAMETERS: Mapping[str, Callable[[str], object]] = {
    "word": lambda _: True,
    "line": lambda _: True,
    "ip": re.compile(r"\d+(?:\.\d+){3}$").match,
    "prefix": _is_prefix,
    "port": re.compile(r"\d+/\d+/\d+$").match,
    "vlans": re.compile(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$").match,
    "mac": re.compile(r"(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$").match,
    "zone": re.compile(r"[a-z_]+(?:/[a-z_]+)*$").match,
    "ethernet": re.compile(r"[Ee]th(?:ernet)? ?\d+/\d+$").match,
}


@cache
def _accepts(parameter: str) -> Callable[[str], object]:
    limits = re.fullmatch(r"(\d+)-(\d+)", parameter)
    return _is_number_between(int(limits[1]), int(limits[2])) if limits else PARAMETERS[parameter]


def read_commands(lines: Iterable[str]) -> tuple[Command, ...]:
    """The commands of one mode. Lines that start with # mean nothing."""
    found = []
    for line in lines:
        pattern, _, action = line.partition(" * ")
        pattern, _, mode = pattern.partition(" > ")
        if pattern.strip() and not pattern.startswith("#"):
            found += [
                Command(words=tuple(words), mode=mode.strip(), action=action.strip()) for words in _expand(pattern)
            ]
    return tuple(found)


@cache
def known(package: str, file: str) -> Mapping[str, tuple[Command, ...]]:
    """The commands of a file of a device's `known/`, by the mode in which they are; `== NAME` starts one."""
    parts: dict[str, list[str]] = {"": []}
    here = parts[""]
    for line in (files(package) / "known" / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            here = parts.setdefault(line.removeprefix("== "), [])
        else:
            here.append(line)
    return {name: read_commands(lines) for name, lines in parts.items()}


def match(commands: tuple[Command, ...], line: str, *, negated: bool = False) -> Match | Refusal:
    """The line in full, or why not. Behind `no` a line may end early."""
    typed = line.split()
    alive: list[tuple[Command, tuple[str, ...]]] = [(command, ()) for command in commands]
    for position, word in enumerate(typed):
        following = _follow(alive, position, word)
        if isinstance(following, str):
            return Refusal(kind=following, word=word, fits=position)
        alive = following
    ended = [(command, done) for command, done in alive if len(command.words) == len(done) or _took_rest(command, done)]
    if ended:
        command, done = ended[0]
        return Match(words=done, mode=command.mode, action=command.action)
    if negated and alive and typed:
        return Match(words=alive[0][1])
    return Refusal(kind="incomplete", fits=len(typed))


def _took_rest(command: Command, done: tuple[str, ...]) -> bool:
    return command.words[-1] == "<line>" and len(done) >= len(command.words)


def _follow(
    alive: list[tuple[Command, tuple[str, ...]]], position: int, word: str
) -> list[tuple[Command, tuple[str, ...]]] | str:
    """What is left of the commands after this word; a word of its own: why the box refuses it."""
    next_words = [
        (command, done, command.words[min(position, len(command.words) - 1)])
        for command, done in alive
        if position < len(command.words) or _took_rest(command, done)
    ]
    literals = {wanted for _, _, wanted in next_words if not wanted.startswith("<") and wanted.startswith(word)}
    chosen = {word} if word in literals else literals
    by_literal = [(command, (*done, wanted)) for command, done, wanted in next_words if wanted in chosen]
    by_parameter = [
        (command, (*done, word))
        for command, done, wanted in next_words
        if wanted.startswith("<") and _accepts(wanted[1:-1])(word)
    ]
    if len(chosen) == 1:
        return by_literal + by_parameter
    if by_parameter:
        return by_parameter
    return "ambiguous" if chosen else "invalid"


def _expand(pattern: str) -> list[list[str]]:
    """Every plain sequence of words that the pattern stands for."""
    found = re.search(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)", pattern)
    if found is None:
        return [pattern.split()]
    choices = ["", found[1]] if found[1] is not None else found[2].split("|")
    parts = ([pattern[: found.start()]], choices, [pattern[found.end() :]])
    return [words for pieces in product(*parts) for words in _expand(" ".join(pieces))]
