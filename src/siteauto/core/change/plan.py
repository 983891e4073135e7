"""What would change at a site, device by device: a value that is shown, approved, and then obeyed to the letter.

A plan holds no secret: in its texts a secret is a marker (`secret://NAME`, what we will send) or a keyed token (what
the device has). It can be written as JSON, read back, and recognised by its digest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from siteauto.core.change.address_move import AddressMove
from siteauto.core.errors import UsageError
from siteauto.core.models import DeviceName, PlatformName, Role, SiteName
from siteauto.core.platform_spec import Timer

SCHEMA = "siteauto/plan/2"


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePlan:
    """The change of one device.

    `base` is its configuration when the plan was made, in canonical form with tokens; apply refuses when it has moved.
    `candidate` is the whole configuration that a replace loads; `commands` are what is typed, on a replace a
    prediction. `diff` is ours, line by line with its sign, and empty where nothing changes. `unsupported` says why the
    device cannot be changed; it then is not.
    """

    device: DeviceName
    platform: PlatformName
    role: Role
    mode: str  # replace | merge | none
    path: tuple[DeviceName, ...]
    timer: Timer
    method: str  # the name of the platform's push method
    base: str
    candidate: str
    commands: tuple[str, ...]
    diff: tuple[str, ...]
    notes: tuple[str, ...] = ()
    unmanaged: tuple[str, ...] = ()
    unsupported: str = ""
    move: AddressMove | None = None  # of its management address

    @property
    def changes(self) -> bool:
        """Whether there is anything to do on this device."""
        return bool(self.diff)

    @property
    def base_digest(self) -> str:
        """Names the configuration that this plan starts from."""
        return digest_of(self.base)

    @property
    def diff_text(self) -> str:
        """The diff as it is shown."""
        return "\n".join(self.diff)

    @property
    def diff_digest(self) -> str:
        """Names the change that was approved."""
        return digest_of(self.diff_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The change of a site. `tokens` names the key of the tokens in it: those of another key cannot be compared."""

    site: SiteName
    devices: tuple[DevicePlan, ...]
    tokens: str = ""

    @property
    def changing(self) -> tuple[DevicePlan, ...]:
        """The devices with something to do."""
        return tuple(one for one in self.devices if one.changes)

    @property
    def digest(self) -> str:
        """Names the whole plan."""
        return digest_of(json.dumps(plan_to_dict(self, with_digest=False), sort_keys=True))

    def device(self, name: str) -> DevicePlan:
        """The plan of this device. Raises KeyError."""
        for one in self.devices:
            if one.device == name:
                return one
        raise KeyError(name)


def digest_of(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def plan_to_dict(plan: Plan, *, with_digest: bool = True) -> dict[str, Any]:
    """The plan as versioned data, for a file or a pull request."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "site": plan.site,
        "devices": [_device_to_dict(one) for one in plan.devices],
    }
    data |= {"tokens": plan.tokens} if plan.tokens else {}
    return data | {"digest": plan.digest} if with_digest else data


def _device_to_dict(one: DevicePlan) -> dict[str, Any]:
    """What does not move says nothing of it: plans of earlier versions keep their digests."""
    data = asdict(one)
    return data if one.move else {name: value for name, value in data.items() if name != "move"}


def plan_from_dict(data: Mapping[str, Any]) -> Plan:
    """The plan that was written. Raises UsageError when it is of another schema or was changed since."""
    if data.get("schema") != SCHEMA:
        raise UsageError(
            "This is not a plan that this version can apply",
            expected=SCHEMA,
            found=str(data.get("schema")),
            next_step="Make the plan again",
        )
    devices = tuple(_device_from_dict(one) for one in data["devices"])
    plan = Plan(site=SiteName(data["site"]), devices=devices, tokens=str(data.get("tokens", "")))
    if plan.digest != data.get("digest"):
        raise UsageError(
            f"The plan for {plan.site} was changed after it was made",
            expected=f"digest {str(data.get('digest'))[:12]}",
            found=plan.digest[:12],
            next_step="Make the plan again",
        )
    return plan


def _device_from_dict(data: Mapping[str, Any]) -> DevicePlan:
    lists = {name: tuple(data[name]) for name in ("path", "commands", "diff", "notes", "unmanaged")}
    move = AddressMove(**data["move"]) if data.get("move") else None
    return DevicePlan(**{**data, **lists, "role": Role(data["role"]), "timer": Timer(**data["timer"]), "move": move})
