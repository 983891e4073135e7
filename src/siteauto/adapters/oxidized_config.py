"""Oxidized's configuration file, whose YAML holds Ruby's regular expressions."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from siteauto.core.errors import UsageError
from siteauto.core.way_in.oxidized import OldCredentials, OxidizedRules

WITHIN_SLASHES = re.compile(r"/(.*)/[a-z]*", re.DOTALL)


class _Loader(yaml.SafeLoader):
    """Reads Ruby's own tags as text: nothing of Ruby is made out of them."""


def _as_text(_loader: yaml.SafeLoader, _tag: str, node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else ""


_Loader.add_multi_constructor("!ruby/", _as_text)


def read_oxidized_config(text: str) -> OxidizedRules:
    """How this Oxidized reads its router.db. Raises UsageError, which quotes nothing of the file."""
    try:
        found = _mapping(yaml.load(text, _Loader))  # noqa: S506 - a SafeLoader with one more tag
    except yaml.YAMLError:
        raise _unreadable("YAML") from None  # the error quotes the line, passwords and all
    source = _mapping(_mapping(found.get("source")).get("csv"))
    if str(source.get("gpg", "false")).lower() == "true":
        raise UsageError(
            "Oxidized's router.db is encrypted with GPG",
            expected="a plain file",
            next_step="Decrypt it to a file outside any repository, import that with gpg: false, and remove it",
        )
    inputs = str(_mapping(found.get("input")).get("default", "ssh"))
    return OxidizedRules(
        delimiter=_pattern(source.get("delimiter")),
        columns=_places(source.get("map")) or {"name": 0, "model": 1},
        variables=_places(source.get("vars_map")),
        model=_text(found.get("model")),
        group=_text(found.get("group")) or "default",
        model_map={key: _text(value) for key, value in _mapping(found.get("model_map")).items()},
        group_map={key: _text(value) for key, value in _mapping(found.get("group_map")).items()},
        everywhere=_credentials(found),
        groups={key: _credentials(value) for key, value in _mapping(found.get("groups")).items()},
        models={key: _credentials(value) for key, value in _mapping(found.get("models")).items()},
        telnet="ssh" not in inputs,
    )


def _credentials(found: object) -> OldCredentials:
    said = _mapping(found)
    return OldCredentials(
        username=_text(said.get("username")),
        password=_text(said.get("password")),
        models={key: _credentials(value) for key, value in _mapping(said.get("models")).items()},
    )


def _mapping(found: object) -> Mapping[str, Any]:  # Any: YAML holds anything
    return {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}


def _places(found: object) -> dict[str, int]:
    return {key: int(value) for key, value in _mapping(found).items() if str(value).isdecimal()}


def _text(found: object) -> str:
    return "" if found is None or isinstance(found, (dict, list)) else str(found)


def _pattern(found: object) -> str:
    text = _text(found) or ":"
    ruby = WITHIN_SLASHES.fullmatch(text)
    pattern = ruby[1] if ruby else re.escape(text)
    try:
        re.compile(pattern)
    except re.error:
        raise _unreadable("a delimiter that Python reads as Ruby does") from None
    return pattern


def _unreadable(what: str) -> UsageError:
    return UsageError(
        "Oxidized's configuration cannot be read",
        expected=what,
        found="something else (not shown)",
        next_step="Name the file that Oxidized itself reads, usually ~/.config/oxidized/config",
    )
