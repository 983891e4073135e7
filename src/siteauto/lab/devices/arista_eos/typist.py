"""Configuration mode: lines typed one by one, checked by the grammar and kept by the configuration engine."""

from collections.abc import Callable
from dataclasses import dataclass

from siteauto.core.config import ConfigTree, apply
from siteauto.lab.devices.arista_eos.modes import config_modes
from siteauto.lab.devices.arista_eos.storage import stored
from siteauto.lab.grammar import Match, Refusal, match

BODY_ENDS = "EOF"


class RefusedError(Exception):
    """The box does not take a line; the text is what it says, without the percent sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section that has been entered: its mode and its header line in full."""

    mode: str
    header: str


class Typist:
    """One configuration session: lines are kept until somebody wants to see what they have made of the tree."""

    def __init__(self, tree: ConfigTree, *, has_port: Callable[[str], bool], engine: str) -> None:
        self._tree = tree
        self._lines: list[str] = []
        self._has_port = has_port
        self._engine = engine
        self._sections: tuple[Section, ...] = ()
        self._stands: tuple[Section, ...] = ()  # where the lines that are kept have led to
        self._body: list[str] | None = None

    @property
    def tree(self) -> ConfigTree:
        """What the session has made so far."""
        if self._lines:
            self._tree, self._lines, self._stands = apply(self._tree, self._lines), [], ()
        return self._tree

    @tree.setter
    def tree(self, tree: ConfigTree) -> None:
        self._tree, self._lines, self._sections, self._stands = tree, [], (), ()

    @property
    def mode(self) -> str:
        """Where the session stands, in the word of the prompt; empty: at the top."""
        return self._sections[-1].header if self._sections else ""

    @property
    def in_text(self) -> bool:
        """Whether the next line is part of a banner."""
        return self._body is not None

    def to_top(self) -> None:
        """`end`: out of every section."""
        self._sections = ()

    def leave(self) -> bool:
        """`exit`: one level up; False: that was the top."""
        was_inside = bool(self._sections)
        self._sections = self._sections[:-1]
        return was_inside

    def type(self, raw: str, text: str | None = None) -> None:
        """Take one line; `text` is what a banner shall say, where it comes along. Raises RefusedError."""
        if self._body is not None:
            self._collect(raw)
            return
        line = raw.strip()
        if not line or line.startswith("!"):
            return
        negation, rest = _split_negation(line)
        found, sections = self._match(rest, prefix=bool(negation))
        if isinstance(found, Refusal):
            raise RefusedError(_refusal(found, rest))
        self._take(found, sections, negation, text)

    def _match(self, line: str, *, prefix: bool) -> tuple[Match | Refusal, tuple[Section, ...]]:
        """The line in the present mode, else in those above: a line of an outer mode leaves the inner ones."""
        modes, refusals = config_modes(), list[Refusal]()
        for depth in range(len(self._sections), -1, -1):
            sections = self._sections[:depth]
            found = match(modes[sections[-1].mode if sections else "config"], line, prefix=prefix)
            if isinstance(found, Match) and self._ports_exist(found.words):
                return found, sections
            refusals.append(found if isinstance(found, Refusal) else Refusal(kind="invalid"))
        return max(refusals, key=lambda refusal: (refusal.kind != "invalid", refusal.column)), self._sections

    def _take(self, found: Match, sections: tuple[Section, ...], negation: str, text: str | None) -> None:
        line = stored(" ".join(found.words), engine=self._engine)
        if found.action == "body" and not negation:
            self._sections = sections
            self._body = [line]
            for part in (*text.rstrip("\n").split("\n"), BODY_ENDS) if text is not None else ():
                self._collect(part)
            return
        self._enter(f"{negation} {line}" if negation else line, sections)
        opened = (Section(mode=found.mode, header=line),) if found.mode and not negation else ()
        self._sections = self._stands = (*sections, *opened)

    def _collect(self, raw: str) -> None:
        body = [*(self._body or ()), raw.rstrip("\r")]
        self._body = body
        if raw.strip() == BODY_ENDS:
            self._enter(body[0], self._sections)
            self._lines += body[1:]
            self._body = None

    def _enter(self, line: str, sections: tuple[Section, ...]) -> None:
        if sections != self._stands:
            self._lines += ["end", *(" " * depth + section.header for depth, section in enumerate(sections))]
        self._lines.append(" " * len(sections) + line)
        self._stands = sections

    def _ports_exist(self, words: tuple[str, ...]) -> bool:
        return words[0] != "interface" or self._has_port(words[1])


def _split_negation(line: str) -> tuple[str, str]:
    first, _, rest = line.partition(" ")
    return (first, rest.strip()) if first in ("no", "default") and rest.strip() else ("", line)


def _refusal(refusal: Refusal, line: str) -> str:
    match refusal.kind:
        case "incomplete":
            return "Incomplete command"
        case "ambiguous":
            return "Ambiguous command"
        case _:
            before = line[: refusal.column].split()
            token = line.split()[len(before)] if len(line.split()) > len(before) else line
            return f"Invalid input (at token {len(before)}: '{token}')"
