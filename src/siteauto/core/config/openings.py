"""How texts that a pattern matches can begin: found out from the pattern, so that most of them need not be tried."""

import re
from collections.abc import Iterator

ANY = ("",)
_META = frozenset(".^$[(+")
_OPTIONAL = frozenset(("?", "*", "{"))
_NAMING = re.compile(r"\?(?::|P<\w+>)")  # what stands at the start of a group
_QUANTIFIER = re.compile(r"(?:[?*]|\{[^}]*\})\??")


def openings(pattern: str) -> tuple[str, ...]:
    """Literal beginnings, one of which every match has; an empty one where that cannot be told."""
    return tuple(start for branch in _branches(pattern) for start in _of_branch(branch))


def _of_branch(branch: str) -> tuple[str, ...]:
    literal, behind = _literal(branch)
    return tuple(literal + start for start in _of_group(behind)) if behind.startswith("(") else (literal,)


def _of_group(pattern: str) -> tuple[str, ...]:
    """The beginnings of a pattern that starts with a group."""
    end = _end_of_group(pattern)
    inside, behind = pattern[1 : end - 1], pattern[end:]
    if inside.startswith(("?!", "?=")):
        return _of_branch(behind)
    if inside.startswith("?") and not inside.startswith(("?:", "?P<")):
        return ANY
    starts = openings(_NAMING.sub("", inside, count=1))
    return (*starts, *_of_branch(_QUANTIFIER.sub("", behind, count=1))) if behind[:1] in _OPTIONAL else starts


def _literal(branch: str) -> tuple[str, str]:
    """The characters that stand for themselves at the start of a pattern, and what is behind them."""
    found: list[str] = []
    place = 0
    for character, escaped in _characters(branch):
        if not escaped and character in _OPTIONAL:
            return "".join(found[:-1]), ""
        if (escaped and character.isalnum()) or (not escaped and character in _META):
            break
        found.append(character)
        place += 2 if escaped else 1
    return "".join(found), branch[place:]


def _characters(pattern: str) -> Iterator[tuple[str, bool]]:
    """Each character, and whether a backslash stands before it."""
    escaped = False
    for character in pattern:
        if character == "\\" and not escaped:
            escaped = True
        else:
            yield character, escaped
            escaped = False


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern."""
    found, start, place = [], 0, 0
    while place < len(pattern):
        if pattern[place] == "|":
            found.append(pattern[start:place])
            start = place = place + 1
        else:
            place = _after(pattern, place)
    return [*found, pattern[start:]]


def _after(pattern: str, place: int) -> int:
    """The place after the group, class or character that stands here."""
    if pattern[place] == "\\":
        return place + 2
    if pattern[place] == "[":
        end = place + (3 if pattern[place + 1] == "^" else 2)  # a bracket right at the start stands for itself
        while pattern[end] != "]":
            end += 2 if pattern[end] == "\\" else 1
        return end + 1
    return place + _end_of_group(pattern[place:]) if pattern[place] == "(" else place + 1


def _end_of_group(pattern: str) -> int:
    """The place after the bracket that closes the one at the start."""
    place = 1
    while pattern[place] != ")":
        place = _after(pattern, place)
    return place + 1
