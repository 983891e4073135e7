"""How texts that a pattern matches can begin: found out from the pattern, so that most of them need not be tried."""

from collections.abc import Iterator

ANY = ("",)
_META = frozenset(".^$[(")
_OPTIONAL = frozenset("?*{")


def openings(pattern: str) -> tuple[str, ...]:
    """Literal beginnings, one of which every match has; an empty one where that cannot be told."""
    return tuple(start for branch in _branches(pattern) for start in _of_branch(branch))


def _of_branch(branch: str) -> tuple[str, ...]:
    if branch.startswith(("(?!", "(?=")):
        return openings(branch[_end_of_group(branch) :])
    if branch.startswith("("):
        end = _end_of_group(branch)
        inside = branch[1 : end - 1]
        if branch[end : end + 1] in _OPTIONAL or (inside.startswith("?") and not inside.startswith("?:")):
            return ANY
        return openings(inside.removeprefix("?:"))
    return (_literal(branch),)


def _literal(branch: str) -> str:
    """The characters that stand for themselves at the start of a pattern."""
    found: list[str] = []
    for character, escaped in _characters(branch):
        if escaped and not character.isalnum():
            found.append(character)
        elif not escaped and character in _OPTIONAL:
            return "".join(found[:-1])
        elif escaped or character in _META or character == "+":
            break
        else:
            found.append(character)
    return "".join(found)


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
