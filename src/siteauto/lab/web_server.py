"""The HTTPS service of a device on the wire, at whatever addresses it has now. One request a connection."""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Iterable
from http import HTTPStatus

from siteauto.lab.services import WebReply, WebRequest, WebService
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.visits import FaultyVisit
from siteauto.lab.wiring import Wiring, either

LOGGER = logging.getLogger(__name__)
LARGEST = 16 * 1024 * 1024  # bytes of a request


class WebServer:
    """Serves one device's HTTPS interface while its configuration has it on."""

    def __init__(self, device: SimulatedDevice, service: WebService, wiring: Wiring, context: ssl.SSLContext) -> None:
        self._device = device
        self._service = service
        self._wiring = wiring
        self._context = context
        self._listeners: dict[str, asyncio.Server] = {}
        self._connections: set[asyncio.StreamWriter] = set()

    async def listen_at(self, addresses: Iterable[str]) -> None:
        """Listen at these addresses and no others; at none while the service is off."""
        wanted = set(addresses) if self._service.is_on else set()
        for address in set(self._listeners) - wanted:
            self._listeners.pop(address).close()
        for address in sorted(wanted - set(self._listeners)):
            self._listeners[address] = await asyncio.start_server(
                self._serve, address, self._wiring.ports.https, ssl=self._context, limit=LARGEST
            )

    def drop_sessions(self) -> None:
        """Break every connection, as a loss of power does."""
        for writer in tuple(self._connections):
            writer.transport.abort()

    async def close(self) -> None:
        """Stop listening and break what is open."""
        await self.listen_at(())
        self.drop_sessions()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                request = await _read(reader)
                if request is not None:
                    await self._answer(request, reader, writer)
        except Exception:
            LOGGER.exception("%s: a defect of the simulated device ended a request", self._device.name)
        finally:
            self._connections.discard(writer)
            writer.close()

    async def _answer(self, request: WebRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = FaultyVisit(faults=self._wiring.faults, authenticate=self._device.authenticate)
        head, body = _bytes(self._service.respond(request, visit))
        gone = reader.read()  # ends when the other side hangs up: it has nothing more to say
        if visit.take("reboot"):
            self._wiring.reboot()
        await self._wiring.settle()
        await either(self._wiring.path_to(writer.get_extra_info("sockname")).wait(), gone)
        for slow in visit.take("slow"):
            await asyncio.sleep(slow.seconds)
        if visit.take("hang"):
            await reader.read()
            return
        writer.write(head + (body[: len(body) // 2] if visit.take("drop") else body))
        await writer.drain()


async def _read(reader: asyncio.StreamReader) -> WebRequest | None:
    """The request; None: the other side hung up, or it is none."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    words = head[0].split()
    if len(words) != 3:
        return None
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = min(int(headers.get("content-length", "0")), LARGEST)
    body = (await reader.readexactly(length)).decode("utf-8", errors="replace")
    return WebRequest(method=words[0], path=words[1], headers=headers, body=body)


def _bytes(reply: WebReply) -> tuple[bytes, bytes]:
    body = reply.body.encode()
    headers = {
        "Content-Type": reply.content_type,
        "Content-Length": str(len(body)),
        "Connection": "close",
        **reply.headers,
    }
    lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join((*lines, "", "")).encode("latin-1"), body
