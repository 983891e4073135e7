"""Read a plan.json back: the same plan, without the differences that its hunks were made from."""

import json
from collections.abc import Mapping
from typing import Any

from siteauto.core.change.offline_plan import SCHEMA, BackupFacts, DeviceForecast, OfflinePlan, Revision
from siteauto.core.change.risk import LEVELS, Risk
from siteauto.core.change.three_way import Hunk, Label
from siteauto.core.errors import Place, UsageError
from siteauto.core.models import DeviceName, PlatformName, Role, SiteName
from siteauto.core.platform_spec import Timer

NEXT = "Make it anew with: siteauto plan --base REF --head REF --output plan.json"


def read_offline_plan(text: str, name: str) -> OfflinePlan:
    """The plan in this text. Raises UsageError for anything that is not a plan of this schema."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{name} is not JSON", expected=SCHEMA, next_step=NEXT) from error
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        raise UsageError(f"{name} is no plan that can be read", expected=SCHEMA, found=str(schema), next_step=NEXT)
    try:
        return _plan(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found = f"{type(error).__name__} at {error}"
        raise UsageError(f"{name} is not a whole plan", expected=SCHEMA, found=found, next_step=NEXT) from error


def _plan(data: Mapping[str, Any]) -> OfflinePlan:
    return OfflinePlan(
        base=_revision(data["base"]),
        head=_revision(data["head"]),
        devices=tuple(_device(each) for each in data["devices"]),
        removed=tuple(DeviceName(str(name)) for name in data["removed"]),
        warnings=tuple(map(str, data["warnings"])),
        acknowledged=bool(data["acknowledged_collisions"]),
    )


def _revision(data: Mapping[str, Any]) -> Revision:
    return Revision(ref=str(data["ref"]), commit=str(data["commit"]))


def _device(data: Mapping[str, Any]) -> DeviceForecast:
    level = str(data["level"])
    if level not in LEVELS:
        raise ValueError(f"level {level}")
    return DeviceForecast(
        site=SiteName(data["site"]),
        device=DeviceName(str(data["device"])),
        role=Role(data["role"]),
        platform=PlatformName(str(data["platform"])),
        hunks=tuple(_hunk(each) for each in data["hunks"]),
        backup=_backup(data["backup"]) if data["backup"] else None,
        trouble=str(data["trouble"]),
        untold=int(data["untold"]),
        suppressed=int(data["suppressed"]),
        risks=tuple(Risk(**{key: str(each[key]) for key in ("kind", "level", "line")}) for each in data["risks"]),
        level=level,
        mode=str(data["mode"]),
        timer=Timer(**data["timer"]),
        commands=tuple(map(str, data["commands"])),
        refused=tuple(map(str, data["refused"])),
    )


def _hunk(data: Mapping[str, Any]) -> Hunk:
    place = data.get("place")
    return Hunk(
        label=Label(data["label"]),
        section=str(data["section"]),
        text=str(data["text"]),
        differences=(),
        base=tuple(map(str, data["base"])),
        place=Place(file=str(place["file"]), line=int(place["line"])) if place else None,
    )


def _backup(data: Mapping[str, Any]) -> BackupFacts:
    return BackupFacts(
        commit=str(data["commit"]),
        at=str(data["at"]),
        hours=-1,
        stale=bool(data["stale"]),
        last_change=str(data["last_change"]),
    )
