"""The terminal line of a login: bytes in, bytes out. Echo, line editing and the pager; no sockets here.

Good enough for drivers and fingers: CR, LF and CR LF end a line, NUL is nothing, backspace and Ctrl-U edit, Ctrl-C and
Ctrl-Z reach the shell, `?` asks it for help.
"""

from collections.abc import Iterator

from siteauto.lab.output import Output
from siteauto.lab.shell import Reply, Shell

CTRL_C, CTRL_U, CTRL_Z = "\x03", "\x15", "\x1a"
ERASE = ("\x08", "\x7f")


class Terminal:
    """One login's terminal. Feed it what arrives, send what it yields."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._partial = ""
        self._prompt = ""
        self._echo = True
        self._after_cr = False
        self._unread: list[str] = []  # lines that the pager holds back

    def open(self) -> Iterator[Output]:
        """What stands on the screen after login."""
        yield from self._show(self._shell.greeting())

    def feed(self, data: bytes) -> Iterator[Output]:
        """The device's reaction to bytes as they arrive. One Output per reaction, in order."""
        for character in data.decode("utf-8", errors="replace"):
            yield from self._key(character)

    def close(self) -> None:
        """A terminal holds nothing."""

    def _key(self, key: str) -> Iterator[Output]:
        after_cr, self._after_cr = self._after_cr, key == "\r"
        if key == "\0" or (key == "\n" and after_cr):
            return
        if self._unread:
            yield from self._page(key)
        elif key in "\r\n":
            yield from self._line(self._partial)
        elif key == CTRL_Z:
            yield from self._line(self._partial + CTRL_Z)
        elif key == CTRL_C:
            yield from self._line(CTRL_C)
        else:
            yield from self._edit(key)

    def _edit(self, key: str) -> Iterator[Output]:
        if key in ERASE:
            if self._partial and self._echo:
                yield Output(data=b"\b \b")
            self._partial = self._partial[:-1]
        elif key == CTRL_U:
            yield Output(data=b"\b \b" * len(self._partial) if self._echo else b"")
            self._partial = ""
        elif key == "?" and self._echo and (text := self._shell.help(self._partial)) is not None:
            yield Output(data=as_bytes(f"?\n{text}\n{self._prompt}{self._partial}"))
        elif key >= " " or key == "\t":
            self._partial += key
            if self._echo:
                yield Output(data=key.encode())

    def _line(self, line: str) -> Iterator[Output]:
        self._partial = ""
        mark = {CTRL_C: "^C", CTRL_Z: "^Z"}.get(line[-1:], "")
        yield Output(data=as_bytes(f"{mark}\n"))
        yield from self._show(self._shell.receive(line))

    def _show(self, reply: Reply) -> Iterator[Output]:
        self._prompt, self._echo = reply.prompt, reply.echo
        if reply.cut is not None:
            yield Output(
                data=as_bytes(reply.text)[: reply.cut], delay=reply.delay, hang=reply.hang, close=True, answer=True
            )
            return
        text = reply.text
        for end, seconds in reply.pauses:
            place = end - len(reply.text) + len(text)
            yield Output(data=as_bytes(text[:place]))
            yield Output(data=b"", delay=seconds)
            text = text[place:]
        lines = text.splitlines(keepends=True)
        if lines and not lines[-1].endswith("\n") and reply.prompt:
            lines[-1] += "\n"
        room = self._shell.page_length
        if not room or len(lines) < room or reply.close:
            text = "".join(lines) + ("" if reply.close else reply.prompt)
            yield Output(data=as_bytes(text), delay=reply.delay, hang=reply.hang, close=reply.close, answer=True)
            return
        self._unread = lines[room - 1 :]
        yield Output(
            data=as_bytes("".join(lines[: room - 1]) + self._shell.pager),
            delay=reply.delay,
            hang=reply.hang,
            answer=True,
        )

    def _page(self, key: str) -> Iterator[Output]:
        """A key at the pager: space shows a page, Enter a line, q or Ctrl-C ends it; others do nothing."""
        wipe = "\b" * len(self._shell.pager) + " " * len(self._shell.pager) + "\b" * len(self._shell.pager)
        if key in ("q", "Q", CTRL_C):
            self._unread = []
            yield Output(data=as_bytes(f"{wipe}\n{self._prompt}"))
            return
        count = {" ": max(1, self._shell.page_length - 1), "\r": 1, "\n": 1}.get(key, 0)
        if not count:
            return
        shown, self._unread = self._unread[:count], self._unread[count:]
        yield Output(data=as_bytes(wipe + "".join(shown) + (self._shell.pager if self._unread else self._prompt)))


def as_bytes(text: str) -> bytes:
    """A text as it goes over the wire."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
