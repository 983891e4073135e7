"""Configuration mode: lines typed one by one, checked by the grammar and kept by the configuration engine."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from siteauto.core.config import ConfigTree, apply
from siteauto.lab.devices.cisco_ios.consequences import follow_up
from siteauto.lab.devices.cisco_ios.modes import Mode
from siteauto.lab.devices.cisco_ios.objections import Objection, object_to
from siteauto.lab.devices.cisco_ios.storage import SecretRefusedError, stored
from siteauto.lab.grammar import Match, Refusal, match

INVALID = "% Invalid input detected at '^' marker.\n"
INCOMPLETE = "% Incomplete command.\n"
SPACED_NAME = re.compile(r"(?i)\b(interface|source-interface|interface range)\s+([a-z-]{2,})\s+(\d)")
CERTIFICATE_ENDS = "quit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section that has been entered: its mode and its header line in full."""

    mode: str
    header: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came of a line. `refused`: the box did not take it; `action` is left to the shell; `opened`: a section."""

    text: str = ""
    refused: bool = False
    opened: bool = False
    action: str = ""
    words: tuple[str, ...] = ()


class Typist:
    """One configuration session. `tree` is what it has made so far."""

    def __init__(self, tree: ConfigTree, modes: Mapping[str, Mode], *, has_port: Callable[[str], bool]) -> None:
        self.tree = tree
        self._modes = modes
        self._has_port = has_port
        self._sections: tuple[Section, ...] = ()
        self._body: list[str] = []
        self._body_ends: Callable[[str], bool] | None = None

    @property
    def mode(self) -> Mode:
        """Where the session stands."""
        return self._modes[self._sections[-1].mode if self._sections else "config"]

    @property
    def headers(self) -> tuple[str, ...]:
        """The header lines of the sections that it stands in."""
        return tuple(section.header for section in self._sections)

    @property
    def in_text(self) -> bool:
        """Whether the next line is part of a banner or a certificate."""
        return self._body_ends is not None

    def leave(self) -> bool:
        """`exit`: one level up; False: that was the top."""
        if not self._sections:
            return False
        self._sections = self._sections[:-1]
        return True

    def type(self, raw: str, *, prompt_width: int = 0) -> Typed:
        """Take one line. `prompt_width` is where the line starts on the screen, for the caret."""
        if self._body_ends is not None:
            return self._collect(raw)
        line = SPACED_NAME.sub(r"\1 \2\3", raw)
        stripped = line.strip()
        if not stripped or stripped.startswith("!"):
            return Typed()
        negation, rest = _split_negation(stripped)
        shift = prompt_width + len(line) - len(line.lstrip()) + len(stripped) - len(rest)
        found, sections = self._match(rest, prefix=bool(negation))
        if isinstance(found, Refusal):
            return Typed(text=_refusal(found, shift, stripped), refused=True)
        return self._take(found, sections, negation, stripped, shift)

    def _match(self, line: str, *, prefix: bool) -> tuple[Match | Refusal, tuple[Section, ...]]:
        """The line in the present mode, else in those above: a line of an outer mode leaves the inner ones."""
        refusals: list[Refusal] = []
        for depth in range(len(self._sections), -1, -1):
            sections = self._sections[:depth]
            root = self._modes[sections[-1].mode if sections else "config"].root
            found = match(root, line, prefix=prefix)
            if isinstance(found, Match):
                return found, sections
            refusals.append(found)
        return max(refusals, key=lambda refusal: (refusal.kind != "invalid", refusal.column)), self._sections

    def _take(self, found: Match, sections: tuple[Section, ...], negation: str, line: str, shift: int) -> Typed:
        if found.action == "exit_family":
            self._sections = sections[:-1]
            return Typed()
        if found.action in ("banner", "certificate") and not negation:
            return self._start_body(found, sections, line)
        if found.action == "unsupported" or not self._port_exists(found.words):
            return Typed(text=_refusal(Refusal(kind="invalid"), shift, line), refused=True)
        if found.action and found.action not in ("banner", "certificate"):
            return Typed(action=found.action, words=(negation, *found.words) if negation else found.words)
        header = sections[-1].header if sections else ""
        try:
            words = found.words if negation else stored(found.words, self._name(sections), hide=self._hides())
        except SecretRefusedError as refused:
            return Typed(text=str(refused), refused=True)
        return self._enter(Match(words=words, mode=found.mode), sections, negation, header, shift)

    def _enter(self, found: Match, sections: tuple[Section, ...], negation: str, header: str, shift: int) -> Typed:
        line = " ".join((negation, *found.words) if negation else found.words)
        after = apply(self.tree, _nested(sections, line))
        objection = object_to(self.tree, after, header=header, words=found.words, negation=negation)
        if objection is not None and objection.refuses:
            return Typed(text=_objected(objection, shift), refused=True)
        self.tree, self._sections = after, sections
        opened = bool(found.mode) and not negation
        if opened:
            self._sections = (*sections, Section(mode=found.mode, header=line))
        text = ""
        if not negation:
            self.tree, text = follow_up(self.tree, found.words)
        return Typed(text=text + (_objected(objection, shift) if objection else ""), opened=opened)

    def _port_exists(self, words: tuple[str, ...]) -> bool:
        return words[0] != "interface" or words[1] == "range" or self._has_port(words[1])

    def _hides(self) -> bool:
        return self.tree.find("service password-encryption") is not None

    @staticmethod
    def _name(sections: tuple[Section, ...]) -> str:
        return sections[-1].mode if sections else "config"

    # ── texts of several lines ───────────────────────────────────────────────────────────────────────────────────────

    def _start_body(self, found: Match, sections: tuple[Section, ...], line: str) -> Typed:
        """A banner runs to its delimiter, a certificate to `quit`."""
        self._sections = sections
        if found.action == "certificate":
            self._body = [" ".join(found.words)]
            self._body_ends = lambda text: text.strip() == CERTIFICATE_ENDS
            return Typed()
        start = line.split(None, 2)[2]
        mark = start[:2] if start[:2] in ("^C", "\\^") else start[0]
        self._body = [line]
        if mark in start[len(mark) :]:
            return self._finish()
        self._body_ends = lambda text: mark in text
        return Typed(text=f"Enter TEXT message.  End with the character '{mark}'.\n")

    def _collect(self, raw: str) -> Typed:
        self._body.append(raw)
        return self._finish() if self._body_ends is not None and self._body_ends(raw) else Typed()

    def _finish(self) -> Typed:
        first, *rest = self._body
        self.tree = apply(self.tree, (*_nested(self._sections, first), *rest))
        self._body, self._body_ends = [], None
        return Typed()


def _nested(sections: tuple[Section, ...], line: str) -> list[str]:
    """The line below the headers of its sections, indented as the box prints it."""
    lines = [section.header for section in sections]
    return [" " * depth + text for depth, text in enumerate((*lines, line))]


def _split_negation(line: str) -> tuple[str, str]:
    first, _, rest = line.partition(" ")
    if first.lower() in ("no", "default") and rest.strip() and not line.lower().startswith("default interface"):
        return first.lower(), rest.strip()
    return "", line


def _refusal(refusal: Refusal, shift: int, line: str) -> str:
    match refusal.kind:
        case "incomplete":
            return INCOMPLETE
        case "ambiguous":
            return f'% Ambiguous command:  "{line}"\n'
        case _:
            return f"{' ' * (shift + refusal.column)}^\n{INVALID}\n"


def _objected(objection: Objection, shift: int) -> str:
    return _refusal(Refusal(kind="invalid"), shift, "") if objection.as_invalid else objection.text
