"""The program `ubus`: the calls that are answered, their JSON as the program prints it, and its refusals."""

import json
from collections.abc import Callable, Mapping, Sequence

from siteauto.lab.devices.openwrt.box import Box
from siteauto.lab.devices.openwrt.factory import KERNEL, RELEASE, REVISION
from siteauto.lab.devices.openwrt.network import BRIDGE, Member
from siteauto.lab.devices.openwrt.rpcd import (
    DEFAULT_TIMEOUT,
    FOLDER,
    INVALID,
    NOT_FOUND,
    Session,
    UbusError,
    package_of,
)

Arguments = Mapping[str, object]
Answer = Mapping[str, object] | None


def call(box: Box, words: Sequence[str]) -> str:
    """`ubus call OBJECT METHOD [JSON]`: what it prints. Raises UbusError."""
    if words[:1] != ["call"] or len(words) not in (3, 4):
        raise UbusError("Invalid command")
    try:
        arguments = json.loads(words[3]) if len(words) == 4 else {}
    except ValueError:
        raise UbusError(INVALID) from None
    method = METHODS.get((words[1], words[2]))
    if method is None:
        raise UbusError("Method not found" if any(words[1] == name for name, _ in METHODS) else NOT_FOUND)
    answer = method(box, arguments if isinstance(arguments, dict) else {})
    return f"{as_printed(answer)}\n" if answer is not None else ""


def as_printed(value: object, depth: int = 0) -> str:
    """JSON with tabs, as libubox indents it; what is empty has an empty line."""
    inner, outer = "\t" * (depth + 1), "\t" * depth
    if isinstance(value, Mapping):
        parts = [f'{inner}"{key}": {as_printed(one, depth + 1)}' for key, one in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{outer}}}"
    if isinstance(value, list | tuple):
        parts = [f"{inner}{as_printed(one, depth + 1)}" for one in value]
        return "[\n" + ",\n".join(parts) + f"\n{outer}]"
    return json.dumps(value)


# ── system ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _board(box: Box, _: Arguments) -> Answer:
    return {
        "kernel": KERNEL,
        "hostname": box.hostname,
        "system": box.board.system,
        "model": box.board.title,
        "board_name": box.board.board,
        "rootfs_type": "squashfs",
        "release": {
            "distribution": "OpenWrt",
            "version": RELEASE,
            "revision": REVISION,
            "target": box.board.target,
            "description": f"OpenWrt {RELEASE} {REVISION}",
            "builddate": "1760891865",
        },
    }


def _info(box: Box, _: Arguments) -> Answer:
    now = box.world.now()
    return {
        "localtime": int(now.timestamp()),
        "uptime": int((now - box.booted).total_seconds()),
        "load": [1344, 2016, 1312],
        "memory": {"total": 250_241_024, "free": 151_224_320, "shared": 1_024_000, "buffered": 0},
    }


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _create(box: Box, arguments: Arguments) -> Answer:
    timeout = arguments.get("timeout", DEFAULT_TIMEOUT)
    return _told(box.rpcd.create(timeout if isinstance(timeout, int) else DEFAULT_TIMEOUT))


def _list(box: Box, arguments: Arguments) -> Answer:
    return _told(box.rpcd.session(_sid(arguments)))


def _grant(box: Box, arguments: Arguments) -> Answer:
    session = box.rpcd.session(_sid(arguments))
    objects = arguments.get("objects")
    pairs = [(one[0], one[1]) for one in objects if len(one) > 1] if isinstance(objects, list) else []
    session.acls.setdefault(str(arguments.get("scope", "ubus")), []).extend(pairs)
    return None


def _destroy(box: Box, arguments: Arguments) -> Answer:
    box.rpcd.destroy(box.rpcd.session(_sid(arguments)).id)
    return None


def _told(session: Session) -> Answer:
    acls = {
        scope: {name: [function for other, function in pairs if other == name] for name, _ in pairs}
        for scope, pairs in session.acls.items()
    }
    return {
        "ubus_rpc_session": session.id,
        "timeout": session.timeout,
        "expires": max(session.timeout - 1, 0),
        "acls": acls,
        "data": {},
    }


def _sid(arguments: Arguments) -> str:
    sid = arguments.get("ubus_rpc_session")
    if not isinstance(sid, str):
        raise UbusError(INVALID)
    return sid


# ── uci ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_WORDS = {"set": "set", "add": "add", "delete": "remove", "add_list": "list-add", "del_list": "list-del"}


def _changes(box: Box, arguments: Arguments) -> Answer:
    sid = arguments.get("ubus_rpc_session")
    staged = box.deltas.get(FOLDER + sid if isinstance(sid, str) else "/tmp/.uci", [])  # noqa: S108
    session = box.rpcd.sessions.get(str(sid))
    found: dict[str, list[list[str]]] = {}
    for line in staged:
        package = package_of(line)
        if sid is None or (session is not None and session.may(package, "read")):
            found.setdefault(package, []).append(_change(line))
    return {"changes": found}


def _change(line: str) -> list[str]:
    verb, rest = line.removeprefix("uci ").split(" ", 1)
    words, equals, value = rest.partition("=")
    parts = words.replace(" ", ".").split(".")[1:]
    return [_WORDS.get(verb, "order"), *parts, *([value.strip("'")] if equals else [])]


def _apply(box: Box, arguments: Arguments) -> Answer:
    changed = box.rpcd.apply(arguments, box.committed)
    if changed is not None:
        box.commit_and_reload(changed)
    return None


def _confirm(box: Box, arguments: Arguments) -> Answer:
    box.rpcd.confirm(arguments)
    return None


def _rollback(box: Box, arguments: Arguments) -> Answer:
    box.put_back(box.rpcd.rollback(arguments))
    return None


def _configs(box: Box, _: Arguments) -> Answer:
    return {"configs": sorted(key.removeprefix("package ") for key in box.committed.children)}


# ── network ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _device_status(box: Box, arguments: Arguments) -> Answer:
    if arguments.get("name") != BRIDGE or box.network.bridge is None:
        raise UbusError(NOT_FOUND)
    network = box.network
    vlans = network.vlans()
    radios = [one.interface for one in network.on_air()]
    status: dict[str, object] = {
        "external": False,
        "present": True,
        "type": "bridge",
        "up": True,
        "carrier": any(box.world.link_up(box.spec.name, port) for port in network.bridged),
        "bridge-members": [*network.bridged, *radios],
        "bridge-attributes": {"stp": False, "vlan_filtering": network.filters},
    }
    if vlans:
        status["bridge-vlans"] = [
            {"id": vlan.id, "local": vlan.local, "ports": [_as_dumped(one) for one in vlan.members]} for vlan in vlans
        ]
    return {**status, "macaddr": box.label_mac, "mtu": 1500, "multicast": True}


def _as_dumped(member: Member) -> str:
    marks = ("t" if member.tagged else "") + ("*" if member.pvid else "")
    return f"{member.port}:{marks}" if marks else member.port


METHODS: Mapping[tuple[str, str], Callable[[Box, Arguments], Answer]] = {
    ("system", "board"): _board,
    ("system", "info"): _info,
    ("session", "create"): _create,
    ("session", "list"): _list,
    ("session", "grant"): _grant,
    ("session", "destroy"): _destroy,
    ("uci", "changes"): _changes,
    ("uci", "apply"): _apply,
    ("uci", "confirm"): _confirm,
    ("uci", "rollback"): _rollback,
    ("uci", "configs"): _configs,
    ("network.device", "status"): _device_status,
}
