"""From a plan to what is sent, and from what a device says to whether it is as planned. Secrets are put in here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from siteauto.core.change.path_diff import unplanned_paths
from siteauto.core.change.plan import DevicePlan
from siteauto.core.config import (
    ConfigTree,
    SecretBook,
    carry_over,
    diff,
    diff_text,
    exact_diff,
    normalise,
    parse,
    remediate,
    seal,
    to_candidate,
)
from siteauto.core.config.remediate import Remediation
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.secret_tokens import mask, replace_secrets
from siteauto.core.config.spellings import respell
from siteauto.core.models import DeviceName, SecretRef
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Secrets
from siteauto.core.redact import redact

HIDDEN = "‹›"
SHORTEST = 4  # characters of a secret that is looked for in texts; shorter ones stand everywhere


Planned = tuple[tuple[str, ...], Remediation]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretForms:
    """How secrets get into a text and out of it: their values, the known ones with the key of tokens, fresh salt.

    `stored` are exact texts of devices that are restored: their secrets go back in the form that the device had.
    """

    secrets: Secrets
    book: SecretBook
    salt: Callable[[], bytes]
    stored: Mapping[DeviceName, str] = field(default_factory=dict, repr=False)

    def resolve(self, name: str) -> str:
        """The value. Raises SecretError."""
        return self.secrets.resolve(SecretRef(name=name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What leaves for the device, secrets and all: a text that is loaded, or lines that are typed."""

    text: str = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)


def canonical(platform: PlatformSpec, text: str, book: SecretBook) -> str:
    """The configuration in the one form that all texts of the same meaning share, with tokens for secrets."""
    return to_candidate(normalise(platform.config, text, secrets=book))


def prepare(plan: DevicePlan, platform: PlatformSpec, running: str, forms: SecretForms) -> Prepared:
    """What a plan sends to a device that runs this. Raises SecretError where a value is missing or cannot be typed."""
    rules, stored = platform.config, forms.stored.get(plan.device)
    if stored is not None and plan.mode != "replace":
        return _typed(rules, "\n".join(undoing(platform, running, stored)))
    if plan.mode == "replace":
        whole = carry_over(rules, running, stored or plan.candidate, secrets=forms.book)
        return Prepared(text=seal(rules, whole, forms.resolve, forms.salt), lines=())
    return _typed(rules, seal(rules, "\n".join(plan.commands), forms.resolve, forms.salt))


def _typed(rules: ConfigRules, lines: str) -> Prepared:
    """Lines for a merge: loaded as a file, or typed one by one."""
    ending = f"\n{rules.end}" if rules.end else ""
    return Prepared(text=f"{lines}{ending}\n", lines=tuple(lines.split("\n")))


def planned(platform: PlatformSpec, running: str, intended: str, book: SecretBook) -> Planned:
    """The diff that a person approves, and what a merge types to get there."""
    trees = _trees(platform, running, intended, book)
    return tuple(diff_text(diff(*trees)).splitlines()), remediate(*trees)


def differences(platform: PlatformSpec, running: str, intended: str, book: SecretBook) -> tuple[str, ...]:
    """The lines by which a device is not as intended, with their signs; what it owns is its own."""
    return _signed(diff_text(diff(*_trees(platform, running, intended, book))))


def changes(platform: PlatformSpec, now: str, before: str, book: SecretBook) -> tuple[str, ...]:
    """The lines by which a device is not as it was, with their signs; nothing is left out."""
    return _signed(diff_text(exact_diff(*_trees(platform, now, before, book))))


def leftovers(platform: PlatformSpec, now: str, before: str, book: SecretBook) -> tuple[str, ...]:
    """Commands against what a device's own undo leaves behind: lines that it never shows. Empty: there is more."""
    trees = _trees(platform, now, before, book)
    hidden = [rule.hidden for rule in platform.config.reveals]
    left = exact_diff(*trees).significant
    if not all(one.word == "extra" and any(re.match(rule, one.running) for rule in hidden) for one in left):
        return ()
    return remediate(*trees).commands


def undoing(platform: PlatformSpec, now: str, before: str) -> tuple[str, ...]:
    """Commands that make what a device runs what it was, secrets and all: both texts are exact."""
    return remediate(parse(platform.config, now), parse(platform.config, before)).commands


def unplanned(plan: DevicePlan, platform: PlatformSpec, device_diff: str) -> tuple[str, ...]:
    """Lines of the device's own diff that our plan did not show, their secrets hidden.

    On a merge the device lists the commands that would change something; on a replace, lines that come and go.
    """
    if platform.config.syntax == "paths":
        return unplanned_paths(plan, platform, device_diff)
    merged = plan.mode == "merge"
    if merged:
        shown = {_mask(platform, line) for line in plan.commands}
    else:
        shown = {f"{line[0]}{_mask(platform, line[1:])}" for line in plan.diff if line[:1] in ("-", "+")}
    found = (line.strip() for line in device_diff.splitlines())
    signed = [f"{line[0]}{_mask(platform, line[1:])}" for line in found if line[:1] in ("-", "+")]
    nothing = ("", platform.config.comment)
    return tuple(line for line in signed if (line[1:] if merged else line) not in shown and line[1:] not in nothing)


def shown(platform: PlatformSpec, text: str, book: SecretBook) -> str:
    """A text of a device for people: every secret hidden, in the places that the platform knows and wherever else."""
    text = redact(platform.config, text, book.key)
    for name, value in book.values.items():
        if len(value) >= SHORTEST:
            text = text.replace(value, f"secret://{name}")
    return text


def _mask(platform: PlatformSpec, line: str) -> str:
    """The line with one sign for all secrets, so that what they are stored as does not matter."""
    told = replace_secrets(platform.config, mask(line.strip()), lambda _: HIDDEN, whole=True)
    return respell(platform.config, told)


def _trees(platform: PlatformSpec, running: str, intended: str, book: SecretBook) -> tuple[ConfigTree, ConfigTree]:
    rules = platform.config
    return normalise(rules, running, secrets=book), normalise(rules, intended, secrets=book)


def _signed(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line[:1] in ("-", "+", "~"))
