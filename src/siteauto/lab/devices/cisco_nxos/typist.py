"""Configuration mode: lines typed one by one, checked by the grammar and kept by the configuration engine."""

import re
from dataclasses import dataclass, replace

from siteauto.core.config import ConfigTree
from siteauto.core.config.session import ConfigSession
from siteauto.lab.devices.cisco_nxos.box import Box
from siteauto.lab.devices.cisco_nxos.refusals import told
from siteauto.lab.written_grammar import Match, Refusal, known, match

NO = "no "
ENTER_TEXT = "Enter TEXT message.  End with the character '{}'.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came of a line: what the box prints, and the configuration after it."""

    tree: ConfigTree
    text: str = ""


class Typist:
    """One login's configuration mode."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._session = ConfigSession(tree=box.running)
        self._grammar = known(__package__, "config.txt")

    @property
    def in_text(self) -> bool:
        """Whether the next line is part of a banner."""
        return self._session.in_text

    @property
    def prompt(self) -> str:
        """The words in brackets."""
        return self._session.mode or "config"

    def leave(self) -> bool:
        """`exit`: one level up; False: that was the top."""
        if not self._session.mode:
            return False
        self._session = replace(self._session, position=self._session.position.up())
        return True

    def type(self, raw: str, width: int) -> Typed:
        """Take one line. `width` is where it starts on the screen."""
        self._session = replace(self._session, tree=self._box.running)
        if self._session.in_text:
            return self._put(raw)
        line = raw.strip()
        if not line or line.startswith("!"):
            return Typed(tree=self._session.tree)
        found, levels = self._find(line)
        if isinstance(found, Refusal):
            return Typed(tree=self._session.tree, text=told(found, line, width))
        objection = self._objection(found.line)
        if objection and not line.startswith(NO):
            return Typed(tree=self._session.tree, text=f"{objection}\n")
        self._session = replace(self._session, position=self._session.position.up(levels))
        typed = self._put(line if line.startswith((NO, "banner ")) else self._box.stored(found.line))
        return replace(typed, text=ENTER_TEXT.format(line[-1])) if self._session.in_text else typed

    def _put(self, line: str) -> Typed:
        self._session = self._session.type(line)
        return Typed(tree=self._session.tree)

    def _find(self, line: str) -> tuple[Match | Refusal, int]:
        negated = line.startswith(NO)
        refusals: list[Refusal] = []
        modes = self._session.position.modes
        for levels in range(len(modes) + 1):
            mode = modes[len(modes) - levels - 1] if levels < len(modes) else "config"
            found = match(self._grammar.get(mode, ()), line.removeprefix(NO).strip(), negated=negated)
            if isinstance(found, Match):
                return found, levels
            refusals.append(found)
        return max(refusals, key=lambda refusal: refusal.fits), 0

    def _objection(self, line: str) -> str:
        """Why the box does not take a line that is written rightly."""
        features = {node.line for node in self._session.tree.children.values() if node.line.startswith("feature ")}
        if re.fullmatch(r"interface Vlan\d+", line) and "feature interface-vlan" not in features:
            return "% Invalid interface format at '^' marker."
        if line.startswith(("tacacs-server ", "aaa group server tacacs+")) and "feature tacacs+" not in features:
            return "% Invalid command at '^' marker."
        port = re.fullmatch(r"interface (Ethernet\S+)", line)
        return "% Invalid range at '^' marker." if port and port[1] not in self._box.hardware.ports else ""
