"""What can be done to a running lab: time, faults, cables, power, somebody else's fingers. Over a local socket too.

The protocol is one JSON object per line in each direction: {"command": …, …} and {"ok": true, …} or {"ok": false,
"error": …}. `control_client` is the other end.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from siteauto.core.errors import SiteautoError, UsageError
from siteauto.lab.control_client import Answer
from siteauto.lab.faults import make_fault

if TYPE_CHECKING:  # a client of a lab needs no server
    from siteauto.lab.running import RunningLab

Request = dict[str, object]


class Controls:
    """The commands, on a lab in this process."""

    def __init__(self, lab: "RunningLab", stop: Callable[[], None] | None = None) -> None:
        self._lab = lab
        self._stop = stop

    async def handle(self, request: Request) -> Answer:
        """Do one command and let the lab follow. Raises UsageError for one that cannot be done."""
        commands: dict[str, Callable[[Request], Answer]] = {
            "status": self._status,
            "clock": self._clock,
            "fault": self._fault,
            "clear": self._clear,
            "unplug": self._unplug,
            "plug": self._plug,
            "type": self._type,
            "power": self._power,
            "stop": self._stopped,
        }
        await self._lab.settle()
        command = commands.get(str(request.get("command")))
        if command is None:
            raise UsageError(f"The lab has no command {request.get('command')}", expected=", ".join(commands))
        answer = command(request)
        await self._lab.settle()
        return {"ok": True, **answer}

    def _status(self, request: Request) -> Answer:  # noqa: ARG002
        world = self._lab.world
        return {
            "now": world.now().isoformat(timespec="seconds"),
            "devices": {
                name: {
                    "addresses": list(addresses),
                    "faults": [fault.kind for fault in self._lab.faults[name].faults],
                    "powered": world.powered(name),
                    "refused_logins": self._lab.faults[name].refused_logins,
                }
                for name, addresses in self._lab.addresses.items()
            },
            "unplugged": [f"{link.a} {link.a_port} - {link.b} {link.b_port}" for link in world.unplugged],
        }

    def _clock(self, request: Request) -> Answer:
        seconds = request.get("seconds")
        if not isinstance(seconds, int | float) or seconds < 0:
            raise UsageError("The lab's clock only goes forward", expected="seconds, e.g. +120s", found=str(seconds))
        self._lab.world.clock.advance(seconds)
        return {"now": self._lab.world.now().isoformat(timespec="seconds")}

    def _fault(self, request: Request) -> Answer:
        name = self._device(request)
        words = {
            key: value for key, value in request.items() if key in ("pattern", "after", "seconds", "times", "text")
        }
        fault = make_fault(str(request.get("kind")), **words)  # type: ignore[arg-type]  # JSON values
        self._lab.faults[name].add(fault)
        self._fill_flash(name)
        return {"fault": fault.kind, "device": name}

    def _clear(self, request: Request) -> Answer:
        names = [self._device(request)] if request.get("device") else list(self._lab.faults)
        for name in names:
            self._lab.faults[name].clear(str(request.get("kind") or ""))
            self._fill_flash(name)
        return {"devices": names}

    def _unplug(self, request: Request) -> Answer:
        return self._cable(request, plugged=False)

    def _plug(self, request: Request) -> Answer:
        return self._cable(request, plugged=True)

    def _cable(self, request: Request, *, plugged: bool) -> Answer:
        world, name, port = self._lab.world, self._member(request), str(request.get("port"))
        link = world.cable(name, port)
        if link is None:
            raise UsageError(f"{name} has no cable in port {port}", expected="a port of the cabling plan", found=port)
        if plugged:
            world.plug(link)
        else:
            world.unplug(link)
        return {"cable": f"{link.a} {link.a_port} - {link.b} {link.b_port}"}

    def _type(self, request: Request) -> Answer:
        """Lines typed on the device by somebody else, at its console and with all rights."""
        device = self._lab.world.devices[self._device(request)]
        shell = device.shell(str(request.get("user") or "console"))
        lines = request.get("lines")
        if not isinstance(lines, list):
            raise UsageError("There is nothing to type", expected="a list of lines")
        return {"output": "".join(shell.receive(str(line)).text for line in lines)}

    def _power(self, request: Request) -> Answer:
        world, name, state = self._lab.world, self._member(request), str(request.get("state"))
        if state not in ("on", "off", "cycle"):
            raise UsageError(f"{name} cannot be powered {state}", expected="on, off or cycle")
        if state == "cycle":
            world.reboot(name)
        else:
            world.power(name, on=state == "on")
        return {"device": name, "power": state}

    def _stopped(self, request: Request) -> Answer:  # noqa: ARG002
        if self._stop is not None:
            self._stop()
        return {}

    def _fill_flash(self, name: str) -> None:
        self._lab.world.fill_flash(name, full=self._lab.faults[name].has("disk-full"))

    def _device(self, request: Request) -> str:
        return self._named(request, self._lab.world.devices)

    def _member(self, request: Request) -> str:
        return self._named(request, [member.name for member in self._lab.world.spec.members])

    def _named(self, request: Request, known: Iterable[str]) -> str:
        wanted = str(request.get("device"))
        shorts = {member.short: member.name for member in self._lab.world.spec.members}
        name = shorts.get(wanted, wanted)
        names = list(known)
        if name not in names:
            raise UsageError(f"The lab has no device {wanted}", expected=", ".join(names), found=wanted)
        return name


async def serve_control(path: Path, handle: Callable[[Request], Awaitable[Answer]]) -> asyncio.AbstractServer:
    """Answer requests at this socket."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                writer.write(json.dumps(await _answered(line, handle)).encode() + b"\n")
                await writer.drain()
        writer.close()

    return await asyncio.start_unix_server(converse, path)


async def _answered(line: bytes, handle: Callable[[Request], Awaitable[Answer]]) -> Answer:
    try:
        return await handle(json.loads(line))
    except (SiteautoError, ValueError, TypeError) as problem:
        return {"ok": False, "error": str(problem)}
