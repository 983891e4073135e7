"""Radios of access points, as boxes have them and as intents name them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Radio:
    """A radio: the system's name for it, and the band that it works in (2.4, 5 or 6 GHz)."""

    name: str
    band: str
