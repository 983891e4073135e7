"""Rules of the systems whose configuration is a tree of paths: see `rules` for what all rules share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Words that make one line of a path: `unit *` takes a name (`*`), so that `unit 0` is one line (Junos, PAN-OS).

    `mode` names what is inside: `None` is the first word, "" starts at the top again (`groups *`). `inline`: the device
    prints what is inside on the same line, or takes it so; those of its words that are `flags` take no value, and to
    those that are `deep` belongs all that follows.
    """

    words: str
    within: str = r".*"
    mode: str | None = None
    inline: bool = False
    flags: tuple[str, ...] = ()
    deep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """Sections without a name that are known by the values of these options (UCI)."""

    within: str
    options: tuple[str, ...]
