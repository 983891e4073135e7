"""What one copy in another tool's repository is worth: whether it is whole, and which secrets stand readable in it."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from siteauto.core.comparable import comparable
from siteauto.core.completeness import Measure, find_defects, measure
from siteauto.core.config.bodies import logical_lines
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.secret_tokens import OPAQUE, FoundSecret, replace_secrets
from siteauto.core.leaks import gate
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.redact import redact
from siteauto.core.way_in.other_names import platform_of, rancid

MASKED = re.compile(r"<.*|\*+|secret://.*|‹.*|x{4,}|(?:removed|hidden|redacted)", re.IGNORECASE)
HASHES = {"4", "5", "8", "9", "sha", "sha512"}  # guessed at leisure, but not read
WORDS = {"7": "type 7, which anybody can turn back", "opaque": "as the device encrypts it", "junos9": "$9$, which "
         "anybody can turn back", "gate": "a word that looks like a secret"}  # fmt: skip
SHOWN = 100  # characters of a line
CONTENT_TYPE = re.compile(r"^\S*RANCID-CONTENT-TYPE: (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableSecret:
    """A secret that can be read, or turned back, in a copy. `place` is its line without any secret."""

    line: int
    place: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCopy:
    """One text of a file. `same` is equal for two texts that only noise tells apart. Nothing secret is in it."""

    defects: tuple[str, ...]
    measure: Measure
    same: str
    secrets: tuple[ReadableSecret, ...] = ()


def judge(platform: PlatformSpec, text: str) -> JudgedCopy:
    """What a copy of this platform is worth. The words of the defects quote the redacted text alone."""
    shown = _without_appendix(platform, redact(platform.config, text, OPAQUE.key))
    defects = (gate(word, {}, OPAQUE.key).text for word in find_defects(platform.backup, shown))
    same = comparable(platform, text).encode(errors="surrogateescape")
    return JudgedCopy(
        defects=tuple(defects),
        measure=measure(platform.backup, shown),
        same=hashlib.sha256(same).hexdigest(),
        secrets=tuple(find_readable(platform.config, text)),
    )


def guess_platform(platforms: Iterable[PlatformSpec], texts: Iterable[str]) -> PlatformSpec | None:
    """The platform that these copies of one file are of: by RANCID's own word, or by what a whole copy looks like.

    Where several look alike it is the one that siteauto drives: it is the most usual.
    """
    known, samples = {one.name: one for one in platforms}, tuple(texts)
    for text in samples:
        told = CONTENT_TYPE.search(text)
        word = platform_of(told[1], known, rancid) if told else None
        if word is not None:
            return known[word]
    scores = {name: max((_alike(one, each) for each in samples), default=0) for name, one in known.items()}
    best = max(scores.values(), default=0)
    alike = [known[name] for name, score in scores.items() if score == best and best]
    managed = [one for one in alike if one.push]
    named = alike if len(alike) == 1 else managed
    return named[0] if len(named) == 1 else None


def find_readable(rules: ConfigRules, text: str) -> Iterator[ReadableSecret]:
    """Every secret of a text that is neither masked nor a hash, by its line."""
    number = 1
    for logical in logical_lines(rules, text):
        kinds: list[str] = []
        raw = "\n".join(logical.raw)

        def write(secret: FoundSecret, kinds: list[str] = kinds) -> str:
            if not MASKED.fullmatch(secret.stored) and secret.kind not in HASHES:
                kinds.append(secret.kind)
            return "‹…›"

        gated = gate(replace_secrets(rules, raw.strip(), write, whole=False, here=logical.here), {}, OPAQUE.key)
        if not logical.line.startswith(rules.comment):
            kinds += ["gate" for _ in gated.masked]
        place = gated.text.partition("\n")[0][:SHOWN]
        for kind in dict.fromkeys(kinds):
            yield ReadableSecret(line=number, place=place, kind=WORDS.get(kind, "plain text"))
        number += len(logical.raw)


def _without_appendix(platform: PlatformSpec, text: str) -> str:
    """The text without the comments that other tools write behind a configuration."""
    lines = text.splitlines()
    while lines and not re.search(platform.backup.end, lines[-1]):
        if lines[-1].strip() and not lines[-1].startswith(platform.config.comment):
            break
        lines.pop()
    return "\n".join(lines) + "\n" if lines else ""


def _alike(platform: PlatformSpec, text: str) -> int:
    """How much in this text speaks for the platform; 0 where it is no whole configuration of it."""
    rules, shown = platform.backup, _without_appendix(platform, text)
    if find_defects(rules, shown):
        return 0
    last = next(line for line in reversed(shown.splitlines()) if line.strip())
    return 2 * len(rules.required) + bool(re.search(rules.end, last) and not re.search(rules.end, "any line"))
