"""A line of ash taken apart: quotes, variables, and what stands between commands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_OPERATORS = ("&&", "||", ";", "|")
STATUS = "$?"  # known only when the commands before it have run
_VARIABLE = re.compile(r"\$(?:(?P<plain>\w+|[@#*])|\{(?P<needed>\w+):\?\})")


class UnsetVariableError(Exception):
    """`${NAME:?}` of a variable that holds nothing: the whole line is not run."""


class OpenQuoteError(Exception):
    """A quote is still open: the shell waits for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A simple command with what stands before it: `;`, `&&` or `||`. `pipe` is what its output goes to."""

    after: str
    words: tuple[str, ...]
    pipe: tuple[str, ...] = ()


def split_commands(line: str, variables: Mapping[str, str]) -> tuple[Command, ...]:
    """The commands of a line, in their order. Raises OpenQuoteError."""
    commands: list[Command] = []
    after: str = ";"
    parts: list[list[str]] = [[]]
    for part in (*_tokens(line, variables), ";"):
        if part == "|":
            parts.append([])
        elif part in _OPERATORS:
            if parts[0]:
                pipe = tuple(parts[1]) if len(parts) > 1 else ()
                commands.append(Command(after=after, words=tuple(parts[0]), pipe=pipe))
            after, parts = part, [[]]
        else:
            parts[-1].append(part[1:])
    return tuple(commands)


def _tokens(line: str, variables: Mapping[str, str]) -> Sequence[str]:
    """Operators as they are; words with a mark before them, so that a quoted `;` is a word."""
    tokens: list[str] = []
    word: str | None = None
    at = 0
    while at < len(line):
        sign = line[at]
        operator = next((one for one in _OPERATORS if line.startswith(one, at)), "")
        if sign == "#" and word is None:
            break
        if operator or sign in " \t":
            tokens += ["=" + word] if word is not None else []
            tokens += [operator] if operator else []
            word, at = None, at + max(len(operator), 1)
            continue
        text, at = _piece(line, at, variables)
        word = (word or "") + text
    return [*tokens, *(["=" + word] if word is not None else [])]


def _piece(line: str, at: int, variables: Mapping[str, str]) -> tuple[str, int]:
    """What a quoted text, an escaped sign, a variable or a sign stands for, and where it ends."""
    sign = line[at]
    if sign in "'\"":
        end = line.find(sign, at + 1)
        while sign == '"' and end > 0 and line[end - 1] == "\\":
            end = line.find(sign, end + 1)
        if end < 0:
            raise OpenQuoteError
        inside = line[at + 1 : end]
        return (inside if sign == "'" else _expand(inside, variables)), end + 1
    if sign == "\\" and at + 1 < len(line):
        return line[at + 1], at + 2
    if found := _VARIABLE.match(line, at):
        return _value(found, variables), found.end()
    return sign, at + 1


def _expand(text: str, variables: Mapping[str, str]) -> str:
    return re.sub(r'\\(["\\$`])', r"\1", _VARIABLE.sub(lambda found: _value(found, variables), text))


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    if found["needed"] and not variables.get(found["needed"]):
        raise UnsetVariableError(found["needed"])
    return variables.get(found["plain"] or found["needed"], "")
