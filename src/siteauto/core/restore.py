"""A stored copy as the configuration to go back to: what of it is put on a device, and what a person should know."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from siteauto.core.config import ConfigTree, Node, parse, to_candidate
from siteauto.core.config.grammar import grammar_of
from siteauto.core.models import Device, DeviceName
from siteauto.core.platform_spec import BackupRules, Hardware, PlatformSpec
from siteauto.core.stored_copy import CopyRecord, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorable:
    """One device's copy, opened. `exact` is what the device sent, secrets and all; `notes` are for whoever approves."""

    device: DeviceName
    version: Version
    record: CopyRecord
    notes: tuple[str, ...]
    exact: str = field(repr=False)


def make_wanted(platform: PlatformSpec, running: str, copy: str, logins: Sequence[str]) -> str:
    """The copy as this device shall run it now; both texts are exact.

    The logins in use stay as they are today: their passwords may have changed since, and without them nobody could
    confirm the restore. Lines that the device never shows are in no copy; those that it holds stay.
    """
    rules = platform.config
    slots = frozenset(rules.login.format(name=name) for name in logins) if rules.login else frozenset[str]()
    now, wanted = parse(rules, running).children, parse(rules, copy).children
    kept = _with_logins(now, wanted, slots)
    hidden = grammar_of(rules).hidden_commands
    kept |= {key: node for key, node in now.items() if hidden.matches(node.line) is not None}
    return to_candidate(ConfigTree(rules=rules, children=kept))


def _with_logins(now: Mapping[str, Node], wanted: Mapping[str, Node], slots: frozenset[str]) -> dict[str, Node]:
    kept = dict(wanted)
    for key, node in now.items():
        if key in slots:
            kept[key] = node
        elif key in wanted and node.children and wanted[key].children:
            ours = wanted[key]
            inside = _with_logins(node.children, ours.children, slots)
            kept[key] = Node(line=ours.line, body=ours.body, children=inside, note=ours.note)
    return kept


# ── another box than the one that the copy came from ─────────────────────────────────────────────────────────────────


def map_ports(old: Hardware, new: Hardware) -> dict[str, str]:
    """The new box's name of each port of the old one: uplinks to uplinks, circuits to circuits, the rest in order.

    A port that the new box has no counterpart for is not in it.
    """
    pairs: dict[str, str] = {}
    for ours, theirs in (
        (old.uplinks, new.uplinks),
        (old.wan, new.wan),
        (_other_ports(old), _other_ports(new)),
    ):
        pairs.update(zip(ours, theirs, strict=False))
    return pairs


def _other_ports(box: Hardware) -> tuple[str, ...]:
    return tuple(port for port in box.ports if port not in box.uplinks and port not in box.wan)


def rename_ports(text: str, names: Mapping[str, str]) -> str:
    """The text with every port under its new name, all at once, so that two names may change places."""
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w/.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/])")
    return pattern.sub(lambda found: names[found[0]], text)


def restore_notes(
    platform: PlatformSpec, device: Device, record: CopyRecord, *, unmapped: Sequence[str] = ()
) -> tuple[str, ...]:
    """What a person should know before a copy goes back: where it came from, and what no text brings back."""
    notes = [f"the copy is of {record.at}: {'; '.join(record.proof) or 'nothing is recorded of what proved it whole'}"]
    if record.model and record.model != device.model:
        notes.append(f"it came from a {record.model}, this is a {device.model}: ports are renamed in their order")
    elif record.serial and record.serial != device.serial:
        notes.append(f"it came from another box, serial {record.serial}")
    if unmapped:
        notes.append(f"this box has no counterpart of: {', '.join(unmapped)}")
    if record.parts:
        notes.append(f"kept beside the text, and not put back by this: {', '.join(record.parts)}")
    if platform.backup.not_in_text:
        notes.append(f"no text brings back: {', '.join(platform.backup.not_in_text)}")
    return tuple(notes)


def version_notes(record: CopyRecord, running: str) -> tuple[str, ...]:
    """That the copy was made on another version than the box runs now; empty where it was not, or nobody knows."""
    if not record.version or not running or record.version == running:
        return ()
    return (
        f"it was made on version {record.version}, this box runs {running}: what a version shows otherwise differs",
    )


def put_back_by_hand(device: DeviceName, rules: BackupRules) -> str:
    """What a person does where siteauto does not put a copy back: take the exact text, and load it."""
    file = f"{device}.{rules.extension}"
    how = rules.put_back or "Load it by the means of its vendor"
    rest = f". No text brings back: {', '.join(rules.not_in_text)}" if rules.not_in_text else ""
    return f"Write its exact text to a file: siteauto show backup {device} --exact > {file}. {how}{rest}"
