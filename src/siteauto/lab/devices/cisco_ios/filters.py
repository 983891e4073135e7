"""What follows a pipe: `| include`, `| exclude`, `| begin`, `| section` and `| count`."""

import re
from collections.abc import Callable

NAMES = ("append", "begin", "count", "exclude", "format", "include", "redirect", "section", "tee")


def split_pipe(line: str) -> tuple[str, tuple[str, ...]]:
    """The command and its filters, as typed."""
    command, *filters = re.split(r"\s*\|\s*", line)
    if len(filters) > 1:  # a | inside an expression belongs to it
        filters = ["|".join(filters)]
    return command, tuple(filters)


def apply_filter(text: str, filter_text: str) -> str | None:
    """What is left of an answer; None: there is no such filter."""
    word, _, expression = filter_text.partition(" ")
    names = [name for name in NAMES if name.startswith(word)] if word else []
    if len(names) != 1 or names[0] not in _FILTERS or not expression:
        return None
    try:
        pattern = re.compile(expression.strip().strip('"'))
    except re.error:
        return None
    return _FILTERS[names[0]](text, pattern)


def _include(text: str, pattern: re.Pattern[str]) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if pattern.search(line))


def _exclude(text: str, pattern: re.Pattern[str]) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not pattern.search(line))


def _begin(text: str, pattern: re.Pattern[str]) -> str:
    lines = text.splitlines(keepends=True)
    first = next((i for i, line in enumerate(lines) if pattern.search(line)), len(lines))
    return "".join(lines[first:])


def _section(text: str, pattern: re.Pattern[str]) -> str:
    """Sections whose first line matches, whole; and single lines that match."""
    kept: list[str] = []
    depth: int | None = None
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None and indent > depth:
            kept.append(line)
            continue
        depth = None
        if pattern.search(line):
            kept.append(line)
            depth = indent
    return "".join(kept)


def _count(text: str, pattern: re.Pattern[str]) -> str:
    return f"Number of lines which match regexp = {len(_include(text, pattern).splitlines())}\n"


_FILTERS: dict[str, Callable[[str, re.Pattern[str]], str]] = {
    "include": _include,
    "exclude": _exclude,
    "begin": _begin,
    "section": _section,
    "count": _count,
}
