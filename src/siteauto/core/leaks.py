"""The last gate before a redacted text is committed: it knows the run's secrets, and distrusts what looks like one.

The platform's rules say where secrets stand. A rule can be missing; a password that this very run logs in with, or that
a template put into the device, must not reach git all the same.
"""

import base64
import hashlib
import hmac
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from siteauto.core.config.stored_forms import read_type7

SHORTEST = 4  # characters; shorter ones are in every text
LONG = 12
SURE = 8  # from this length on, a secret is found inside a word too
HARMLESS = ("secret:", "AAAAB3Nza", "AAAAC3Nza", "AAAAE2Vj")  # a reference, and the public keys of OpenSSH
TYPE7 = re.compile(r"\d(?<![0-9A-Za-z].)\d(?:[0-9A-Fa-f]{2}){4,}(?![0-9A-Za-z])")
KEYWORD = re.compile(  # of a text in small letters: ten times as quick as one that tries both, and no look-back first
    r"(?:pass(?:word|wd|phrase)|secret|key(?<!public-key)(?<!ssh-key)(?:-string)?|psk|pre-shared-key|community"
    r"|token)s?[ =:]+(?:\d+ )?[\"']?"
    r"(?P<word>[^\s\"';‹]{12,})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """The text that may be committed, and what was masked in it: names of secrets, or what they look like."""

    text: str
    masked: tuple[str, ...]


def gate(text: str, known: Mapping[str, str], key: bytes) -> Gated:
    """Mask what must not be there. `known`: values by name."""
    masked: list[str] = []
    for name, value in known.items():
        for form in _forms(value):
            if re.search(form, text):
                text = re.sub(form, f"secret://{name}", text)
                masked.append(f"secret://{name}")
    text = TYPE7.sub(lambda found: _type7(found, known, masked), text)
    text = _without_random(text, key, masked)
    return Gated(text=text, masked=tuple(dict.fromkeys(masked)))


def _forms(value: str) -> tuple[str, ...]:
    """The value as it might stand in a text, as patterns."""
    if len(value) < SHORTEST:
        return ()
    whole = re.escape(value)
    plain = whole if len(value) >= SURE else rf"(?<![\w-]){whole}(?![\w-])"
    return (plain, re.escape(base64.b64encode(value.encode()).decode())) if len(value) >= SURE else (plain,)


def _type7(found: "re.Match[str]", known: Mapping[str, str], masked: list[str]) -> str:
    plain = read_type7(found[0])
    name = next((name for name, value in known.items() if len(value) >= SHORTEST and value == plain), None)
    if name is None:
        return found[0]
    masked.append(f"secret://{name}")
    return f"secret://{name}"


def _without_random(text: str, key: bytes, masked: list[str]) -> str:
    """The text without words behind a word for secrets that nobody would type by hand."""
    parts, place = [], 0
    for found in KEYWORD.finditer(text.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")):
        start, end = found.span("word")
        word = text[start:end]
        if not word.startswith(HARMLESS) and _looks_random(word):
            masked.append("a word that looks like a secret")
            parts += [text[place:start], f"‹unlisted #{hmac.new(key, word.encode(), hashlib.sha256).hexdigest()[:8]}›"]
            place = end
    return "".join((*parts, text[place:]))


def _looks_random(word: str) -> bool:
    """Whether letters, capitals and digits change as often as in no name of an interface or a person."""
    piece = max(re.split(r"[/._:@,-]", word), key=len)
    kinds = "".join("d" if one.isdigit() else "U" if one.isupper() else "l" for one in piece)
    changes = sum(one != other for one, other in itertools.pairwise(kinds))
    return len(piece) >= LONG and changes * 3 >= len(piece) and "d" in kinds
