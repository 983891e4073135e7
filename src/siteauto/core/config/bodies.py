"""Texts of several lines: banners between delimiters, certificates up to their last line, quoted values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from siteauto.core.config.patterns import FirstMatch
from siteauto.core.config.rules import ConfigRules, Delimited, Until


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Logical:
    """A command with its text and the exact lines that it was read from."""

    line: str
    raw: tuple[str, ...]
    indent: int = 0
    body: tuple[str, ...] = ()


def logical_lines(rules: ConfigRules, text: str) -> Iterator[Logical]:
    """The commands of a text, each with all the lines that belong to it; empty lines and comments too."""
    lines = iter(text.replace("\r\n", "\n").split("\n"))
    for raw in lines:
        stripped = raw.strip()
        if rules.syntax in QUOTES:
            yield _quoted(raw, lines, QUOTES[rules.syntax])
            continue
        body = open_body(rules, stripped) if _may_open(rules, stripped) else None
        indent = len(raw) - len(raw.lstrip())
        if body is None:
            yield Logical(line=stripped, raw=(raw,), indent=indent)
        else:
            yield _collect(body, raw, indent, lines)


def _may_open(rules: ConfigRules, line: str) -> bool:
    return bool(line) and not line.startswith(rules.comment)


def _collect(body: OpenBody, raw: str, indent: int, lines: Iterator[str]) -> Logical:
    raws = [raw]
    while not body.closed:
        line = next(lines, None)
        if line is None:
            break
        raws.append(line)
        body = body.feed(line)
    return Logical(line=body.line, raw=tuple(raws), indent=indent, body=body.lines)


QUOTES = {"fortios": '"', "paths": '"', "uci": "'"}  # what keeps several lines together in a syntax


def has_open_quote(text: str, quote: str = '"') -> bool:
    """Whether a quote is still open at the end of the text."""
    if "\\" in text:
        text = re.sub(r"\\.", "", text, flags=re.DOTALL)
    return text.count(quote) % 2 == 1


def _quoted(raw: str, lines: Iterator[str], quote: str) -> Logical:
    raws = [raw]
    is_open = has_open_quote(raw, quote) and not raw.lstrip().startswith(("#", "/*"))
    while is_open:
        line = next(lines, None)
        if line is None:
            break
        raws.append(line)
        is_open = not has_open_quote(line, quote)
    return Logical(line="\n".join(raws).strip(), raw=tuple(raws))
