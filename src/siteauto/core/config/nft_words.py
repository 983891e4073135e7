"""Lines of an nftables ruleset in one form: what counts by itself is taken out, the members of sets are sorted."""

import re
from collections.abc import Iterator

from siteauto.core.config.names import natural_key

_BLOCK = re.compile(r"(?:table|chain|set|map|flowtable|counter|quota|limit|secmark|synproxy|ct \w+) [^{]*\{$")
_QUOTED = re.compile(r'("[^"]*")')
_COUNTED = re.compile(r"\bpackets \d+ bytes \d+|\bexpires \S+|\bused \d+ \w+")
_SET = re.compile(r"\{([^{}]*)\}")
_PRIORITY = re.compile(r"\bpriority (-?\d+)$")
_PRIORITIES = {"-300": "raw", "-150": "mangle", "-100": "dstnat", "0": "filter", "50": "security", "100": "srcnat"}


def opens_block(line: str) -> bool:
    """Whether the line opens a table, a chain, a set or another object."""
    return _BLOCK.match(line) is not None


def left_open(text: str) -> int:
    """How many braces this text opens and leaves open, so that a set goes on in the next line; negative: closes."""
    bare = _QUOTED.sub("", text)
    return bare.count("{") - bare.count("}")


def whole_lines(text: str) -> Iterator[str]:
    """The lines of a text, those of one set as one. A set without an end stands for itself and swallows nothing."""
    lines = [without_comment(raw) for raw in text.replace("\r\n", "\n").split("\n")]
    ends, place = _set_ends(lines), 0
    while place < len(lines):
        last = ends.get(place, place)
        yield " ".join(lines[place : last + 1])
        place = last + 1


def _set_ends(lines: list[str]) -> dict[int, int]:
    """Which line ends the set that a line leaves open; there is none before the next table or chain."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for place, line in enumerate(lines):
        count = 0 if opens_block(line) else left_open(line)
        if opens_block(line):
            waiting.clear()
        waiting += [place] * count
        for _ in range(min(-count, len(waiting))):
            found[waiting.pop()] = place
    return found


def without_comment(line: str) -> str:
    """The line without what stands behind a number sign."""
    parts = _QUOTED.split(line)
    for place in range(0, len(parts), 2):
        head, sign, _ = parts[place].partition("#")
        if sign:
            return "".join((*parts[:place], head)).strip()
    return line.strip()


def statements(line: str) -> list[str]:
    """The commands of a line, cut at semicolons."""
    parts, found = _QUOTED.split(line), [""]
    for place, part in enumerate(parts):
        first, *others = [part] if place % 2 else part.split(";")
        found[-1] += first
        found += others
    return [" ".join(one.split()) if '"' not in one else one.strip() for one in found if one.strip()]


def members(text: str) -> list[str]:
    """The members of a set in braces, sorted."""
    masked, texts = _masked(text)
    return _sorted(masked[masked.find("{") + 1 : masked.rfind("}")], texts)


def canonical(line: str) -> str:
    """The line as any other of the same meaning is written."""
    masked, texts = _masked(line)
    text = " ".join(_COUNTED.sub(" ", masked).split())
    text = _PRIORITY.sub(lambda found: f"priority {_PRIORITIES.get(found[1], found[1])}", text)
    outside = [part if "{" in part else re.sub(r"\s*,\s*", ",", part) for part in re.split(r"(\{[^{}]*\})", text)]
    text = _SET.sub(lambda found: f" {{ {', '.join(_sorted(found[1], texts))} }} ", "".join(outside))
    return _unmasked(" ".join(_masked_again(text, texts).split()), texts)


def _sorted(inside: str, texts: list[str]) -> list[str]:
    parts = (_unmasked(" ".join(part.split()), texts) for part in inside.split(","))
    return sorted((part for part in parts if part), key=natural_key)


def _masked(text: str) -> tuple[str, list[str]]:
    """The text with a mark in place of each part in quotes, and these parts."""
    text = text.replace("\0", "\ufffd")  # no ruleset has what the marks are made of
    texts = _QUOTED.findall(text)
    numbers = iter(range(len(texts)))
    return _QUOTED.sub(lambda _: f"\0{next(numbers)}\0", text), texts


def _masked_again(text: str, texts: list[str]) -> str:
    """Marks also in place of the parts that stand in sets."""
    number_of = {part: number for number, part in enumerate(texts)}
    return _QUOTED.sub(lambda found: f"\0{number_of[found[0]]}\0", text)


def _unmasked(text: str, texts: list[str]) -> str:
    return re.sub("\0(\\d+)\0", lambda found: texts[int(found[1])], text)
