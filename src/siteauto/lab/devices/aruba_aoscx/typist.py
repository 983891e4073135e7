"""Configuration mode: lines typed one by one, checked by the grammar and kept by the configuration engine."""

import re
from dataclasses import dataclass, replace

from siteauto.core.config import ConfigTree
from siteauto.core.config.session import ConfigSession
from siteauto.lab.devices.aruba_aoscx.box import Box
from siteauto.lab.devices.aruba_aoscx.refusals import told
from siteauto.lab.written_grammar import Command, Match, Refusal, known, match

NO = "no "
ENTER_TEXT = "Enter a new banner. Terminate the banner with the delimiter you have chosen.\n"
UPDATED = "Banner updated successfully!\n"
# The prompt's words for modes, where the engine has another.
PROMPTS = {
    "": "config",
    "config-vlan": "config-vlan-{}",
    "config-if-mgmt": "config-if-mgmt",
    "config-if-port-security": "config-if-portsec",
}


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
        if self._session.in_text:
            return "banner-motd"
        mode, section = self._session.mode, self._session.section
        last = section[-1] if section else ""
        if mode in ("config-pa-auth", "config-if-pa-auth"):
            return mode.replace("pa-auth", "macauth" if last.endswith("mac-auth") else "dot1x-auth")
        return PROMPTS.get(mode, mode).format(last.split()[-1] if last else "")

    def leave(self) -> bool:
        """`exit`: one level up; False: that was the top."""
        if not self._session.mode:
            return False
        self._session = replace(self._session, position=self._session.position.up())
        return True

    def type(self, raw: str) -> Typed:
        """Take one line. Others type too, so it starts from what runs now."""
        self._session = replace(self._session, tree=self._box.running)
        if self._session.in_text:
            typed = self._put(raw)
            return typed if self._session.in_text else replace(typed, text=UPDATED)
        line = raw.strip()
        if not line or line.startswith("!"):
            return Typed(tree=self._session.tree)
        found, levels = self._find(line)
        if isinstance(found, Refusal):
            return Typed(tree=self._session.tree, text=told(found))
        negated = line.startswith(NO)
        objection = "" if negated else self._objection(found)
        if objection:
            return Typed(tree=self._session.tree, text=f"{objection}\n")
        self._session = replace(self._session, position=self._session.position.up(levels))
        words = found.line if found.words[0] != "banner" else line
        typed = self._put(f"{NO if negated else ''}{self._box.cipher.hide_all(words)}")
        return replace(typed, text=ENTER_TEXT) if self._session.in_text else typed

    def _put(self, line: str) -> Typed:
        self._session = self._session.type(line)
        return Typed(tree=self._session.tree)

    def _find(self, line: str) -> tuple[Match | Refusal, int]:
        """The line in this mode, else in one above: then the modes between are left. The level goes with it."""
        negated = line.startswith(NO)
        bare = line.removeprefix(NO).strip()
        refusals: list[Refusal] = []
        for levels in range(len(self._session.position.modes) + 1):
            found = match(self._commands(levels), bare, negated=negated)
            if isinstance(found, Match):
                return found, levels
            refusals.append(found)
        return max(refusals, key=lambda refusal: refusal.fits), 0

    def _commands(self, levels: int) -> tuple[Command, ...]:
        modes, sections = self._session.position.modes, self._session.section
        depth = len(modes) - levels
        if depth == 0:
            return self._grammar["config"]
        mode = "config-if-mgmt" if sections[depth - 1] == "interface mgmt" else modes[depth - 1]
        return self._grammar.get(mode, ())

    def _objection(self, found: Match) -> str:
        """Why the box does not take a line that is written rightly."""
        line, running = found.line, self._session.tree
        port = re.fullmatch(r"interface (\d+/\d+/\d+)", line)
        if port and port[1] not in self._box.hardware.ports:
            return f"Interface {port[1]} does not exist."
        if line == "interface mgmt" and not self._box.family.service_port:
            return "Invalid input: mgmt"
        vlan = re.fullmatch(r"vlan (?:access|trunk native) (\d+).*", line)
        if vlan and running.find(f"vlan {vlan[1]}") is None:
            return f"VLAN {vlan[1]} does not exist."
        vrf = re.search(r"\bvrf (mgmt)$", line)
        if vrf and not self._box.family.service_port:
            return f"VRF {vrf[1]} does not exist."
        role = re.fullmatch(r"aaa authentication port-access \S+-role (\S+)", line)
        if role and running.find(f"port-access role {role[1]}") is None:
            return f"Role {role[1]} does not exist."
        return ""
