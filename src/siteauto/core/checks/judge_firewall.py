"""Judges of what a firewall lets through."""

from collections.abc import Sequence

from siteauto.core.checks import Check, CheckResult
from siteauto.core.checks.verdict import failed, only, passed
from siteauto.core.readings import PolicyReading

ALL = ("all",)


def policy(check: Check, readings: Sequence[PolicyReading]) -> CheckResult:
    """The policy exists, is enabled and lets through exactly what is intended, by names or by what they stand for."""
    spellings = only(PolicyReading, check.expected)
    number = spellings[0].id
    found = next((reading for reading in readings if reading.id == number), None)
    if found is None:
        return failed(check, "is missing", actual=f"no policy with number {number}")
    wrong, wanted = min(((_differences(found, one), one) for one in spellings), key=lambda pair: len(pair[0]))
    if wrong:
        actual = "; ".join(f"{name} {_content(found)[name]}" for name in wrong)
        expected = "; ".join(f"{name} {_content(wanted)[name]}" for name in wrong)
        return failed(check, "differs", expected=expected, actual=actual)
    return passed(check, "in place")


def _differences(found: PolicyReading, wanted: PolicyReading) -> list[str]:
    return [name for name, value in _content(found).items() if value != _content(wanted)[name]]


def _content(rule: PolicyReading) -> dict[str, str]:
    return {
        "name": rule.name,
        "action": "accept" if rule.accept else "deny",
        "from": rule.source_zone,
        "to": rule.destination_zone,
        "sources": ", ".join(sorted(rule.sources)),
        "destinations": ", ".join(sorted(rule.destinations)),
        "services": ", ".join(sorted(service.lower() for service in rule.services)),
        "NAT": "on" if rule.nat else "off",
        "state": "enabled" if rule.enabled else "disabled",
    }


def policy_order(check: Check, readings: Sequence[PolicyReading]) -> CheckResult:
    """The firewall holds the intended policies and no other, in the intended order."""
    wanted = [rule.id for rule in only(PolicyReading, check.expected)]
    found = [rule.id for rule in readings]
    listed = ", ".join(map(str, found)) or "no policy"
    if extra := set(found) - set(wanted):
        names = ", ".join(f"{rule.id} {rule.name}".strip() for rule in readings if rule.id in extra)
        return failed(check, "hold a policy that is not intended", actual=names)
    if found != wanted:
        return failed(check, "are not in the intended order", actual=listed)
    return passed(check, listed)


def default_deny(check: Check, readings: Sequence[PolicyReading]) -> CheckResult:
    """The last policy denies everything, and logs it."""
    if not readings:
        return failed(check, "is missing", actual="no policy")
    last = readings[-1]
    anything = (last.sources, last.destinations) == (ALL, ALL) and [name.lower() for name in last.services] == ["all"]
    zones = {last.source_zone.lower(), last.destination_zone.lower()} <= {"any", "all", ""}
    if last.accept or not last.enabled or not anything or not zones:
        action = "accepts" if last.accept else "denies"
        scope = "everything" if anything and zones else "something only"
        state = "" if last.enabled else ", but is disabled"
        return failed(check, "is missing", actual=f"the last policy, {last.id} {last.name}, {action} {scope}{state}")
    if not last.logged:
        return failed(check, "does not log", actual=f"policy {last.id} {last.name} without logging")
    return passed(check, f"policy {last.id} {last.name}")
