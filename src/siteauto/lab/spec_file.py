"""A lab's specification as a JSON file, for the process that runs it. It holds day-0 passwords: mode 0600."""

import json
import os
from dataclasses import asdict
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path
from typing import Any

from siteauto.core.models import Circuit, DeviceName, Link
from siteauto.lab.spec import LabSpec, MemberSpec, ServerMember

VERSION = 2


def write_spec(path: Path, spec: LabSpec) -> None:
    """Write it, readable by the owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"version": VERSION, **asdict(spec)}, file, indent=1, default=str)


def read_spec(path: Path) -> LabSpec:
    """Read what `write_spec` wrote. Raises ValueError for another version."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if data.pop("version", None) != VERSION:
        raise ValueError(f"{path} is not a specification of version {VERSION}")
    return LabSpec(
        site=data["site"],
        port=data["port"],
        members=tuple(_member(one) for one in data["members"]),
        links=tuple(_link(one) for one in data["links"]),
        circuits=tuple(_circuit(one) for one in data["circuits"]),
        servers=tuple(_server(one) for one in data["servers"]),
        no_servers=data["no_servers"],
        boot_seconds=data["boot_seconds"],
        https_port=data["https_port"],
        legacy_ssh=data["legacy_ssh"],
    )


def _member(data: dict[str, Any]) -> MemberSpec:  # JSON values
    return MemberSpec(**{**data, "address": IPv4Interface(data["address"])})


def _server(data: dict[str, Any]) -> ServerMember:  # JSON values
    return ServerMember(
        name=data["name"],
        address=IPv4Interface(data["address"]),
        gateways=tuple(IPv4Interface(each) for each in data["gateways"]),
        image=Path(data["image"]),
    )


def _link(data: dict[str, str]) -> Link:
    return Link(a=DeviceName(data["a"]), a_port=data["a_port"], b=DeviceName(data["b"]), b_port=data["b_port"])


def _circuit(data: dict[str, Any]) -> Circuit:  # JSON values
    down, up = data["rate_mbps"]
    return Circuit(
        **{
            **data,
            "rate_mbps": (down, up),
            "address": IPv4Interface(data["address"]) if data["address"] else None,
            "gateway": IPv4Address(data["gateway"]) if data["gateway"] else None,
        }
    )
