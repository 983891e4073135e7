"""One answer of the box: to which commands, how it is made, and where its form was seen."""

from collections.abc import Callable
from dataclasses import dataclass

from siteauto.core.models import Role
from siteauto.lab.devices.aruba_aoscx.box import Box

RECORDED = "recording ntc-templates/aruba_aoscx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the box prints for these commands; what stands in the place of <…> are the arguments of `text`.

    `source`: `recording <path under the captures>`, `manual <where>`, or `guess <why>`.
    """

    commands: tuple[str, ...]
    text: Callable[[Box, tuple[str, ...]], str]
    source: str
    roles: tuple[Role, ...] = ()


def arguments_of(pattern: str, command: str) -> tuple[str, ...] | None:
    """What stands in the place of the pattern's parameters; None: another command."""
    expected, typed = pattern.split(), command.split()
    if len(expected) != len(typed):
        return None
    pairs = list(zip(expected, typed, strict=True))
    if any(one != other for one, other in pairs if not one.startswith("<")):
        return None
    return tuple(other for one, other in pairs if one.startswith("<"))
