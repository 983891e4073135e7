"""Netmiko's platform classes, woken by what a device sends instead of sleeping and polling.

Netmiko knows the manners of 180 platforms, and waits by guessing: 0.3 s of a session with a device that answers at once
are `time.sleep`. Here its read primitives stand on the arrival of data. They come *behind* the platform's own class in
the order of inheritance, so that whatever a platform has changed stays as it is.
"""

import codecs
import re
import socket
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

import paramiko
from netmiko import BaseConnection, ssh_dispatcher
from netmiko.channel import Channel, SSHChannel
from netmiko.exceptions import NetmikoTimeoutException, ReadException, ReadTimeout
from netmiko.netmiko_globals import MAX_BUFFER

from siteauto.adapters.quick_packets import quick_transport

QUIET = 0.01  # seconds without a byte after which a last line that looks like a prompt is one
UNSURE = 2.0  # the same for any other last line: what Netmiko waits
PROMPT = re.compile(r"[>#$%\]:)] ?$")
LOOK_BACK = 4096  # characters before new data in which a pattern may begin
PATIENCE = 15.0  # seconds for the first prompt

Guard: TypeAlias = Callable[[paramiko.SSHClient], None]
Way: TypeAlias = Callable[[], socket.socket]


class WakefulChannel(SSHChannel):
    """Netmiko's channel, but one that can wait for the device, and notices when it has hung up."""

    def __init__(self, conn: paramiko.Channel, encoding: str) -> None:
        super().__init__(conn, encoding)
        # A character may arrive in two halves, and a device may store bytes that are no text: none may be lost.
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
        self._arrived = threading.Event()
        conn.in_buffer.set_event(self._arrived)  # set while there is something to read, or nothing ever will be
        self._prompt = ""

    @property
    def prompt(self) -> str:
        """The prompt that stands there, while nothing was sent and nothing has come since it was found; or empty."""
        return "" if self._arrived.is_set() else self._prompt

    @prompt.setter
    def prompt(self, found: str) -> None:
        self._prompt = found

    def write_channel(self, out_data: str) -> None:
        """Send this."""
        self._prompt = ""
        super().write_channel(out_data)

    def wait(self, seconds: float) -> bool:
        """Return as soon as the device has said something or has hung up; False: it has not in this time."""
        return self._arrived.wait(seconds)

    def read_buffer(self) -> str:
        """Read what is there. Raises ReadException when nothing ever will be."""
        if not self._arrived.is_set():
            return ""
        data = (
            self.remote_conn.recv(MAX_BUFFER) if self.remote_conn is not None and self.remote_conn.recv_ready() else b""
        )
        text = self._decoder.decode(data)
        if not data and (self.remote_conn is None or self.remote_conn.closed or self.remote_conn.eof_received):
            raise ReadException("Channel closed by the device")
        return text

    def read_channel(self) -> str:
        """All that is there. What came before the device hung up is not lost with it."""
        parts = [self.read_buffer()]
        while parts[-1] and self._arrived.is_set():
            try:
                parts.append(self.read_buffer())
            except ReadException:
                break
        return "".join(parts)


class EventDriven(BaseConnection):
    """Netmiko's read primitives without its sleeps; for their meaning see `netmiko.BaseConnection`."""

    @property
    def channel(self) -> Channel:
        """Where the device is heard."""
        return self._channel

    @channel.setter
    def channel(self, value: Channel) -> None:
        if isinstance(value, SSHChannel) and isinstance(value.remote_conn, paramiko.Channel):
            value = WakefulChannel(value.remote_conn, value.encoding)
        self._channel = value

    def establish_connection(self, width: int = 511, height: int = 1000) -> None:
        """Open the session over a socket that sends at once: Nagle's pause costs 40 ms in each dialogue."""
        ours = self.protocol == "ssh" and self.sock is None and not self.ssh_config_file
        if ours:
            try:
                self.sock = self._open_way()
            except OSError as error:
                raise NetmikoTimeoutException(f"TCP connection to device failed: {error}") from error
        self.remote_conn_pre = None  # where a guard raises, there is no client yet to clean up after
        try:
            super().establish_connection(width, height)
        except Exception:
            self.paramiko_cleanup()  # what Netmiko does after its own exceptions
            raise
        finally:
            if ours:  # it is used up: a file transfer opens a second session with the same arguments
                self.sock = None

    def _open_way(self) -> socket.socket:
        way = socket.create_connection((self.host, self.port), self.conn_timeout)
        way.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return way

    def _wait(self, seconds: float) -> bool:
        channel = self._channel
        if isinstance(channel, WakefulChannel):
            return channel.wait(max(0.0, seconds))
        time.sleep(min(max(0.0, seconds), QUIET))  # telnet and serial lines cannot wake anybody
        return True

    def read_until_pattern(
        self, pattern: str = "", read_timeout: float = 10.0, re_flags: int = 0, max_loops: int | None = None
    ) -> str:
        """All up to and with the pattern; what came after it is kept. Raises ReadTimeout, ReadException."""
        del max_loops  # long without effect in Netmiko
        text, found = self._read_until(re.compile(pattern, re_flags), self.read_timeout_override or read_timeout)
        self._read_buffer += text[found.end() :]
        return text[: found.end()]

    def _read_until(self, pattern: re.Pattern[str], seconds: float) -> tuple[str, re.Match[str]]:
        """Read until the pattern stands somewhere; each character is looked at a few times, however much comes."""
        ends = time.monotonic() + (seconds or float("inf"))
        text = ""
        while True:
            new = self.read_channel()
            begin = max(0, len(text) - LOOK_BACK)
            text += new
            if (found := pattern.search(text, begin)) is not None:
                return text, found
            left = ends - time.monotonic()
            if left <= 0:
                raise ReadTimeout(f"Pattern not detected: {pattern.pattern!r} in output.")
            if not new:
                self._wait(min(left, 5.0))

    def _read_until_quiet(self, first: float) -> str:
        """What comes within `first` seconds, and all that follows it without a pause."""
        text = "" if not self._wait(first) else self.read_channel()
        while text and self._wait(QUIET if PROMPT.search(text) else UNSURE):
            text += self.read_channel()
        return text

    def clear_buffer(self, backoff: bool = True, backoff_max: float = 3.0, delay_factor: float | None = None) -> str:  # noqa: FBT001, FBT002 - Netmiko's signature
        """Read what is there, and what is still coming with it."""
        del backoff, backoff_max, delay_factor
        text: str = self.strip_ansi_escape_codes(self._read_until_quiet(0.0))
        return text

    def find_prompt(self, delay_factor: float = 1.0, pattern: str | None = None) -> str:
        """The last line that the device shows after Enter. Raises ValueError when it shows none."""
        del delay_factor
        channel = self._channel if isinstance(self._channel, WakefulChannel) else None
        if channel is not None and channel.prompt:
            return channel.prompt
        self.clear_buffer()
        self.write_channel(self.RETURN)
        ends, shown = time.monotonic() + PATIENCE, ""
        if pattern:
            shown = self.read_until_pattern(pattern=pattern)
        while not shown.strip() and (left := ends - time.monotonic()) > 0:
            shown += self._read_until_quiet(left)
        lines = self.strip_ansi_escape_codes(shown).strip().split(self.RESPONSE_RETURN)
        if not (prompt := lines[-1].strip()):
            raise ValueError("Unable to find prompt")
        more = self.clear_buffer()
        if channel is not None and not more.strip():
            channel.prompt = str(prompt)
        return str(prompt)

    def strip_ansi_escape_codes(self, string_buffer: str) -> str:
        """The text without what moves a cursor; Netmiko looks for three dozen codes in every text."""
        return str(super().strip_ansi_escape_codes(string_buffer)) if "\x1b" in string_buffer else string_buffer

    def _try_session_preparation(self, force_data: bool = True) -> None:  # noqa: FBT001, FBT002 - Netmiko's signature
        try:
            if force_data:
                self.write_channel(self.RETURN)
                self._wait(0.1)
            self.session_preparation()
        except Exception:
            self.disconnect()
            raise

    def _test_channel_read(self, count: int = 40, pattern: str = "") -> str:
        """What the device greets with. Raises NetmikoTimeoutException where it says nothing."""
        if pattern:
            return self.read_until_pattern(pattern=pattern, read_timeout=20)
        return self._read_until_quiet(1.0) or str(super()._test_channel_read(count=count, pattern=pattern))

    def send_command(  # type: ignore[override]  # Netmiko's other parameters go to Netmiko
        self, command_string: str, expect_string: str | None = None, read_timeout: float = 10.0, **options: bool
    ) -> str | list[Any] | dict[str, Any]:
        """What the device answers. With options that parse, as Netmiko does it."""
        if options.keys() - {"auto_find_prompt", "strip_prompt", "strip_command", "normalize", "cmd_verify"}:
            return super().send_command(command_string, expect_string, read_timeout, **options)  # type: ignore[arg-type]
        expected = expect_string or self._prompt_handler(options.get("auto_find_prompt", True))
        if options.get("normalize", True):
            command_string = self.normalize_cmd(command_string)
        self.write_channel(command_string)
        verify = options.get("cmd_verify", True) if self.global_cmd_verify is None else self.global_cmd_verify
        command, echo = command_string.strip(), ""
        if command and verify:
            echo = self.command_echo_read(cmd=command, read_timeout=10)
        text, _ = self._read_until(re.compile(expected), self.read_timeout_override or read_timeout)
        answer, _ = self._first_line_handler(echo + text, expected)
        return str(
            self._sanitize_output(
                answer,
                strip_command=options.get("strip_command", True),
                command_string=command_string,
                strip_prompt=options.get("strip_prompt", True),
            )
        )


class Guarded(BaseConnection):
    """A connection whose host key somebody judges; in front of the platform's own class, which has no say in that.

    `way` opens a socket to the device where it cannot be reached straight.
    """

    def __init__(self, *, guard: Guard | None = None, way: Way | None = None, **arguments: Any) -> None:  # noqa: ANN401 - Netmiko's own arguments
        self.only_reads = False
        self._guard = guard
        self._way = way
        super().__init__(**arguments)

    def _open_way(self) -> socket.socket:
        straight: Way = super()._open_way  # type: ignore[misc]  # of EventDriven, which stands behind the platform
        return (self._way or straight)()

    def _connect_params_dict(self) -> dict[str, Any]:
        arguments = {**super()._connect_params_dict(), "transport_factory": quick_transport}
        if self._way is not None and self.sock is None:  # a file transfer opens a second session
            arguments["sock"] = self._way()
        return arguments

    def check_config_mode(self, *words: Any, **options: Any) -> bool:  # noqa: ANN401 - Netmiko's own arguments
        """Whether the device is in configuration mode. It is not asked where nothing can have brought it there."""
        return not self.only_reads and super().check_config_mode(*words, **options)

    def _build_ssh_client(self) -> paramiko.SSHClient:
        client = super()._build_ssh_client()
        if self._guard is not None:
            self._guard(client)
        return client


@lru_cache
def event_driven(device_type: str) -> type[Guarded]:
    """Netmiko's class for this kind of device, on event-driven reads. Raises KeyError for an unknown kind."""
    platform = ssh_dispatcher(device_type)
    return type(platform.__name__, (Guarded, platform, EventDriven), {})


def connect(
    device_type: str,
    *,
    guard: Guard | None = None,
    way: Way | None = None,
    **arguments: Any,  # noqa: ANN401 - Netmiko's own arguments
) -> Guarded:
    """Log in, as `netmiko.ConnectHandler` does, with the same arguments and exceptions.

    `guard` tells each SSH client which host keys to believe; what it makes it raise is raised here.
    """
    return event_driven(device_type)(device_type=device_type, guard=guard, way=way, **arguments)
