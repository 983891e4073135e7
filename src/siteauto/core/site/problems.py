"""What a rule found wrong with a site, before anybody knows in which file it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

LONGEST_LIST = 20

Path = tuple[str | int, ...]  # keys of the site's document, outermost first; a number counts members from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another value that has to do with a problem: what to say of it, and where it is."""

    text: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    `at_key`: the key of the path is at fault rather than its value. `else_path` is where the value comes from when
    nothing is written at `path` (an address that follows from a host number).
    """

    code: str
    message: str
    path: Path
    related: tuple[Related, ...] = ()
    help: str = ""
    at_key: bool = False
    else_path: Path = ()


def nearest(word: str, known: Iterable[str]) -> str:
    """A help text that names the known word most like this one, or lists them all."""
    words = list(dict.fromkeys(known))
    listed = f"Known here: {', '.join(words)}" if 0 < len(words) <= LONGEST_LIST else ""
    return close_match(word, words) or listed


def close_match(word: str, known: Iterable[str]) -> str:
    """A help text that names the known word most like this one; empty where none is."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""
