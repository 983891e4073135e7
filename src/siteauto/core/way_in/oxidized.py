"""Oxidized's router.db, read as its configuration file says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from siteauto.core.errors import UsageError
from siteauto.core.way_in.old_devices import OldDevice, OldLogin

ENABLE, PORT, JUMP = "enable", "ssh_port", "ssh_proxy"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldCredentials:
    """What stands at one level of Oxidized's configuration: for all devices, a group, or a model."""

    username: str = ""
    password: str = field(default="", repr=False)
    models: "Mapping[str, OldCredentials]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OxidizedRules:
    """How Oxidized reads its router.db: columns by their names, its users' names of models, and its logins."""

    delimiter: str = ":"
    columns: Mapping[str, int] = field(default_factory=lambda: {"name": 0, "model": 1})
    variables: Mapping[str, int] = field(default_factory=dict)
    model: str = ""
    group: str = "default"
    model_map: Mapping[str, str] = field(default_factory=dict)
    group_map: Mapping[str, str] = field(default_factory=dict)
    everywhere: OldCredentials = OldCredentials()
    groups: Mapping[str, OldCredentials] = field(default_factory=dict)
    models: Mapping[str, OldCredentials] = field(default_factory=dict)
    telnet: bool = False


def read_oxidized(text: str, rules: OxidizedRules, *, file: str = "the router.db") -> tuple[OldDevice, ...]:
    """Every device of a router.db. Raises UsageError for a line that has not the columns."""
    return tuple(_devices(text, rules, file))


def _devices(text: str, rules: OxidizedRules, file: str) -> Iterator[OldDevice]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in re.split(rules.delimiter, line)]
        found = {name: cells[place] if place < len(cells) else "" for name, place in rules.columns.items()}
        if not found.get("name"):
            raise UsageError(
                f"Line {number} of {file} names no device",
                expected=f"a name in column {rules.columns.get('name', 0) + 1}",
                next_step="Give Oxidized's own configuration with --config, which says what the columns are",
            )
        variables = {name: cells[place] if place < len(cells) else "" for name, place in rules.variables.items()}
        yield _device(found, variables, rules)


def _device(found: Mapping[str, str], variables: Mapping[str, str], rules: OxidizedRules) -> OldDevice:
    told, group = found.get("model") or rules.model, found.get("group") or rules.group
    model, group = rules.model_map.get(told, told), rules.group_map.get(group, group)
    port = variables.get(PORT, "")
    return OldDevice(
        name=found["name"],
        host=found.get("ip") or found["name"],
        model=model,
        group=group,
        login=_login(found, model, group, rules),
        port=int(port) if port.isdecimal() and int(port) != 22 else 0,
        notes=tuple(_notes(variables, rules)),
    )


def _notes(variables: Mapping[str, str], rules: OxidizedRules) -> Iterator[str]:
    if variables.get(ENABLE):
        yield "has an enable password: siteauto needs a login that is privileged at once"
    if variables.get(JUMP):
        yield "stands behind an ssh_proxy: say access.proxy_jump in its site"
    if rules.telnet:
        yield "is asked over telnet alone: siteauto speaks SSH"


def _login(found: Mapping[str, str], model: str, group: str, rules: OxidizedRules) -> OldLogin:
    """What Oxidized would use: the device's own, else of its group and model, group, model, or of everywhere."""
    of_group = rules.groups.get(group, OldCredentials())
    levels = (
        ("", OldCredentials(username=found.get("username", ""), password=found.get("password", ""))),
        (f"group-{group}-{model}", of_group.models.get(model, OldCredentials())),
        (f"group-{group}", of_group),
        (f"model-{model}", rules.models.get(model, OldCredentials())),
        ("default", rules.everywhere),
    )
    name, password = next(((name, each.password) for name, each in levels if each.password), ("default", ""))
    username = next((each.username for _, each in levels if each.username), "")
    return OldLogin(name=name, username=username, password=password)
