"""The intent of a device as data that anybody may read, and as text. docs/intent.md says what each field means."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum

from siteauto.core.intent import DeviceIntent
from siteauto.core.models import SecretRef

FORMAT_VERSION = 1
Data = Mapping[str, "Data"] | Sequence["Data"] | str | int | float | bool | None


def intent_data(intent: DeviceIntent) -> dict[str, Data]:
    """Every field, by its own name: addresses as text, secrets as `secret://NAME`, nothing left out."""
    return {"format_version": FORMAT_VERSION, **_members(intent)}


def _members(value: object) -> dict[str, Data]:
    assert is_dataclass(value)  # noqa: S101 - narrows the type
    return {field.name: _data(getattr(value, field.name)) for field in fields(value)}


def _data(value: object) -> Data:
    match value:
        case SecretRef():
            return str(value)
        case Enum():
            return str(value.value)
        case str() | bool() | int() | float() | None:
            return value
        case tuple():
            return [_data(each) for each in value]
        case _ if is_dataclass(value):
            return _members(value)
        case _:
            return str(value)  # an address, a network, a date


def intent_text(intent: DeviceIntent) -> str:
    """The same for a terminal; what is empty is left out."""
    return "\n".join(_lines(_members(intent), ""))


def _lines(value: Data, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, each in value.items() if each not in (None, "", []) for line in _entry(key, each, indent)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [line for each in value for line in _item(each, indent)]
    return [f"{indent}{_word(value)}"]


def _entry(key: str, value: Data, indent: str) -> list[str]:
    if isinstance(value, str) and "\n" in value:
        return [f"{indent}{key}:", *(f"{indent}  | {line}" for line in value.splitlines())]
    if isinstance(value, Mapping) or (isinstance(value, list) and not _is_short(value)):
        return [f"{indent}{key}:", *_lines(value, indent + "  ")]
    shown = ", ".join(map(_word, value)) if isinstance(value, list) else _word(value)
    return [f"{indent}{key}: {shown}"]


def _item(value: Data, indent: str) -> list[str]:
    """A member of a list: its first line has the dash."""
    first, *more = _lines(value, indent + "  ")
    return [f"{indent}- {first.strip()}", *more]


def _is_short(values: Sequence[Data]) -> bool:
    return not any(isinstance(each, Mapping | list) for each in values)


def _word(value: Data) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
