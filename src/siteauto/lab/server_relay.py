"""Carries TCP connections of a loopback address to a Unix socket, bytes as they are."""

import asyncio
from pathlib import Path

_CHUNK = 65536


class Relay:
    """A listener at host:port whose connections end at a Unix socket."""

    def __init__(self, host: str, port: int, socket: Path) -> None:
        self.host = host
        self.port = port
        self._socket = socket
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen; with port 0 the system chooses one, and `port` says which."""
        self._server = await asyncio.start_server(self._carry, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening. Open connections end with the container."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inner_reader, inner_writer = await asyncio.open_unix_connection(self._socket)
        except OSError:
            writer.close()  # to the client: connection closed, as by a server that is going down
            return
        await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))
        for each in (writer, inner_writer):
            each.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until the reader's side is done writing; the other direction may still go on. A broken end ends both."""
    try:
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()
