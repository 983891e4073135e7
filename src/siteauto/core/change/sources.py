"""Which line of the repository to edit: the place that a difference of a configuration most likely comes from.

The templates are free text, so nothing leads from a line of a configuration back to a value. What a value has in common
with the lines is evidence: the words themselves, the port or VLAN that it is about, and that the change touched it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from siteauto.core.change.three_way import Hunk, Label
from siteauto.core.errors import Place

OF_DEVICES = ("devices", "ports")
FAINT = 3  # evidence below this is a coincidence
OWN_WORDS = re.compile(r"[\w./:-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One value that a file of the inventory gives, and where. `ports` are the box's own names of those it is about."""

    path: tuple[str, ...]
    value: str
    place: Place
    device: str = ""  # short name; empty: it is not about one
    ports: tuple[str, ...] = ()


Lines = Mapping[str, Mapping[int, str]]  # of the new revision, by file and number; no words where some were taken away


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What the files of a site say, and which lines of the repository the change has touched."""

    said: Sequence[Said]
    changed: Lines = field(default_factory=dict)

    @cached_property
    def _by_device(self) -> Mapping[str, Place]:
        """Where each device is entered."""
        entries: dict[str, Place] = {}
        for one in self.said:
            if one.path[:1] == ("devices",) and len(one.path) > 1:
                entries.setdefault(one.path[1], one.place)
        return entries

    def find(self, hunk: Hunk, *, device: str, platform: str) -> Place | None:
        """The best place. None: the files say nothing of the site at all."""
        text = f"{hunk.section}\n{hunk.text}"
        words = frozenset(OWN_WORDS.findall(text))
        rated = [(self._evidence(one, words, text), one.place) for one in self.said if one.device in ("", device)]
        points, place = max(rated, key=lambda each: each[0], default=(0, None))
        touched = self._touched(words, platform) if hunk.label is not Label.DRIFT else None
        if place is not None and points >= FAINT and (touched is None or self._is_changed(place)):
            return place
        return touched or self._by_device.get(device) or next((one.place for one in self.said), None)

    def _is_changed(self, place: Place) -> bool:
        return place.line in self.changed.get(place.file, {})

    def _evidence(self, one: Said, words: frozenset[str], text: str) -> int:
        points = 2 if len(one.value) > 1 and one.value in words else 0
        points += 1 if len(one.value) > FAINT and one.value in text else 0
        points += 3 if any(port in words for port in one.ports) else 0
        points += 3 if points and one.path[0] == "vlans" and one.path[-1] == "id" and "vlan" in text.lower() else 0
        if points and one.device:
            points += 1
        return points + 3 if points and self._is_changed(one.place) else points

    def _touched(self, words: frozenset[str], platform: str) -> Place | None:
        """Of the lines that the change touched, the one with most words of the hunk; of equals one of its platform."""
        folder = f"templates/{platform}/"
        lines = [
            (len(words.intersection(OWN_WORDS.findall(text))), file.startswith(folder), -number, file)
            for file, touched in self.changed.items()
            if file.startswith((folder, "templates/_", "inventory/"))
            for number, text in touched.items()
        ]
        if not lines:
            return None
        _, _, number, file = max(lines)
        return Place(file=file, line=-number)
