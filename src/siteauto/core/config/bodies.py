"""Texts of several lines: banners between delimiters, certificates up to their last line, quoted values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from siteauto.core.config.patterns import FirstMatch
from siteauto.core.config.plain import plain_test
from siteauto.core.config.remembered import Remembered
from siteauto.core.config.rules import ConfigRules, Delimited, Secret, Until


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBody:
    """A text whose end has not come yet. `mark`: its delimiter; `ends`: the pattern of its last line."""

    line: str
    lines: tuple[str, ...] = ()
    mark: str = ""
    ends: str = ""
    closed: bool = False

    def feed(self, line: str) -> "OpenBody":
        """The text with one more line."""
        if self.mark:
            text, closed, _ = line.partition(self.mark)
            return replace(self, lines=(*self.lines, text), closed=bool(closed))
        return replace(self, lines=(*self.lines, line), closed=re.search(self.ends, line) is not None)


def open_body(rules: ConfigRules, line: str) -> OpenBody | None:
    """The text that this line starts; None: it starts none."""
    index = _openers(rules).index(line)
    if index is None:
        return None
    rule = rules.bodies[index]
    found = re.match(rule.opens, line)
    if found is not None and isinstance(rule, Delimited):
        return OpenBody(line=found["head"], mark=found["mark"]).feed(line[found.end("mark") :])
    return OpenBody(line=line, ends=rule.ends) if isinstance(rule, Until) else None


@lru_cache(maxsize=64)
def _openers(rules: ConfigRules) -> FirstMatch:
    return FirstMatch(rule.opens for rule in rules.bodies)


def body_lines(rules: ConfigRules, line: str, body: tuple[str, ...]) -> tuple[str, ...]:
    """A command with its text as it is printed and typed."""
    for rule in rules.bodies:
        if isinstance(rule, Delimited) and re.match(rule.opens, f"{line} {rule.prints}"):
            text = "\n".join(body)
            return tuple(f"{line} {rule.prints}{text}{rule.prints}".split("\n"))
    return (line, *body)


def text_marks(rules: ConfigRules) -> tuple[str, ...]:
    """The delimiters that texts are printed between."""
    return tuple(dict.fromkeys(rule.prints for rule in rules.bodies if isinstance(rule, Delimited)))


class Logical(NamedTuple):
    """A command with its text and the exact lines that it was read from.

    `unended`: it starts a text whose end never comes. Then it stands for itself, and so do the lines behind it: one
    broken text does not swallow the rest of the device. `here` are the rules of secrets that hold in this place only.
    `plain`: it is a command, and no rule about texts, secrets, noise or spellings speaks of it.
    """

    line: str
    raw: tuple[str, ...]
    indent: int = 0
    body: tuple[str, ...] = ()
    unended: bool = False
    here: tuple[Secret, ...] = ()
    plain: bool = False


def logical_lines(rules: ConfigRules, text: str) -> Iterator[Logical]:
    """The commands of a text, each with all the lines that belong to it; empty lines and comments too."""
    found, placed = _in_order(rules, text), tuple(rule for rule in rules.secrets if rule.under)
    return _in_places(placed, found) if placed else found


def _in_places(placed: tuple[Secret, ...], found: Iterator[Logical]) -> Iterator[Logical]:
    """The same commands, each with the rules of secrets that hold where it stands."""
    heads = re.compile("|".join(f"(?:{rule.under})" for rule in placed))
    here: tuple[tuple[int, Secret], ...] = ()
    for logical in found:
        depth = len(logical.raw[0]) - len(logical.raw[0].lstrip())
        if here and logical.line:
            here = tuple(
                (started, rule)
                for started, rule in here
                if not (re.match(rule.until, logical.line) if rule.until else depth <= started)
            )
        yield logical._replace(here=tuple(rule for _, rule in here), plain=False) if here else logical
        if heads.match(logical.line):
            here += tuple((depth, rule) for rule in placed if re.match(rule.under, logical.line))


def _in_order(rules: ConfigRules, text: str) -> Iterator[Logical]:
    lines = text.replace("\r\n", "\n").split("\n")
    read, several = _single_lines(rules).__getitem__, _quoted if rules.syntax in QUOTES else _with_body
    place, endless = 0, set[str]()
    while place < len(lines):
        found = read(lines[place]) or several(rules, lines, place, endless)
        yield found
        place += len(found.raw)


@lru_cache(maxsize=64)
def _single_lines(rules: ConfigRules) -> Remembered[str, Logical | None]:
    """What each line is by itself; None: a text of several lines starts in it."""
    quote, is_plain = QUOTES.get(rules.syntax), plain_test(rules)
    read_as_written = rules.syntax in ("indented", "fortios")  # elsewhere, what a line says is looked at instead

    def read(raw: str) -> Logical | None:
        line, indent = raw.strip(), len(raw) - len(raw.lstrip())
        if quote is not None and has_open_quote(raw, quote) and not line.startswith(("#", "/*")):
            return None
        if read_as_written and is_plain(line):
            return Logical(line, (raw,), indent, plain=True)
        body = None if quote is not None or line.startswith(rules.comment) else open_body(rules, line)
        if body is None:
            return Logical(line, (raw,), indent)
        return Logical(body.line, (raw,), indent, body.lines) if body.closed else None

    return Remembered(read)


def unended_texts(rules: ConfigRules, text: str) -> tuple[tuple[int, str], ...]:
    """Number and text of each line that starts a text without an end."""
    found, number = list[tuple[int, str]](), 1
    for logical in logical_lines(rules, text):
        if logical.unended:
            found.append((number, logical.line))
        number += len(logical.raw)
    return tuple(found)


def _with_body(rules: ConfigRules, lines: list[str], place: int, endless: set[str]) -> Logical:
    """A command with its text. `endless`: ends that do not come any more, so that nobody looks for them twice."""
    raw = lines[place]
    line, indent = raw.strip(), len(raw) - len(raw.lstrip())
    body = open_body(rules, line)
    end = "" if body is None else body.mark or body.ends
    last = None if body is None or end in endless else _last_line(body, lines, place + 1)
    if body is None or last is None:
        endless.add(end)
        return Logical(line=line, raw=(raw,), indent=indent, unended=True)
    text = lines[place + 1 : last + 1]
    if body.mark:
        text[-1] = text[-1].partition(body.mark)[0]
    raws = tuple(lines[place : last + 1])
    return Logical(line=body.line, raw=raws, indent=indent, body=(*body.lines, *text))


def _last_line(body: OpenBody, lines: list[str], start: int) -> int | None:
    """Where the text ends; None: nowhere."""
    if body.mark:
        return next((at for at in range(start, len(lines)) if body.mark in lines[at]), None)
    ends = re.compile(body.ends)
    return next((at for at in range(start, len(lines)) if ends.search(lines[at])), None)


QUOTES = {"fortios": '"', "paths": '"', "uci": "'"}  # what keeps several lines together in a syntax


def has_open_quote(text: str, quote: str = '"') -> bool:
    """Whether a quote is still open at the end of the text."""
    if quote == "'" and '"' in text:
        text = re.sub(r'"(?:[^"\\]|\\.)*"', "", text, flags=re.DOTALL)  # an apostrophe inside is none
    if "\\" in text:
        text = re.sub(r"\\.", "", text, flags=re.DOTALL)
    return text.count(quote) % 2 == 1


def _quoted(rules: ConfigRules, lines: list[str], place: int, endless: set[str]) -> Logical:
    raw, quote = lines[place], QUOTES[rules.syntax]
    behind = range(place + 1, len(lines))
    last = None if endless else next((at for at in behind if has_open_quote(lines[at], quote)), None)
    if last is None:
        endless.add(quote)
        return Logical(line=raw.strip(), raw=(raw,), unended=True)
    raws = tuple(lines[place : last + 1])
    return Logical(line="\n".join(raws).strip(), raw=raws)
