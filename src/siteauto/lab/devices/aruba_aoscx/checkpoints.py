"""Configurations that the box keeps by name, and what differs between two of them."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

STARTUP, RUNNING = "startup-config", "running-config"
TEMPORARY = ("/tmp/chkpt1", "/tmp/chkpt2")  # noqa: S108 - words that the box prints
SYSTEM_LIMIT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A configuration under a name. `writer`: User or System."""

    name: str
    text: str
    at: datetime
    writer: str = "User"
    kind: str = "checkpoint"


def stamp(prefix: str, at: datetime) -> str:
    """The name that the box gives: AUTO20170801011154."""
    return f"{prefix}{at:%Y%m%d%H%M%S}"


def differences(one: str, other: str, at: datetime) -> str:
    """`checkpoint diff`: hunks with their signs; nothing where nothing differs."""
    number = f"{at.timestamp():.3f}".replace(".", "")
    before, after = (f"{name}{number}" for name in TEMPORARY)
    return "".join(_ended(difflib.unified_diff(one.splitlines(), other.splitlines(), before, after, lineterm="")))


def _ended(lines: Iterator[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)


def listing(kept: list[Checkpoint]) -> str:
    """`show checkpoint`, the newest first."""
    rows = sorted(kept, key=lambda one: one.at, reverse=True)
    head = f"{'NAME':<34}{'TYPE':<12}{'WRITER':<8}{'DATE(YYYY/MM/DD)':<26}IMAGE VERSION"
    return "\n".join(
        (
            head,
            *(f"{one.name:<34}{one.kind:<12}{one.writer:<8}{one.at:%Y-%m-%dT%H:%M:%SZ}      FL.10.13" for one in rows),
            "",
        )
    )
