"""NETCONF over SSH: messages in, replies out. Base 1.0 framing, as Junos speaks it with ncclient."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, unescape

from siteauto.lab.devices.juniper_junos.answer import UnknownWordError
from siteauto.lab.devices.juniper_junos.answers import answer
from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.database import RefusedError
from siteauto.lab.devices.juniper_junos.replies import parsed, rpc_error, serialised
from siteauto.lab.devices.juniper_junos.rpc_config import ConfigRpcs
from siteauto.lab.devices.juniper_junos.rpc_operational import RPCS, ping_results, software_information
from siteauto.lab.output import Output
from siteauto.lab.services import Struck, Visit

END = "]]>]]>"
BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
CAPABILITIES = (
    BASE.replace(":xml:ns:netconf:", ":netconf:"),
    "urn:ietf:params:netconf:capability:candidate:1.0",
    "urn:ietf:params:netconf:capability:confirmed-commit:1.0",
    "urn:ietf:params:netconf:capability:validate:1.0",
    "http://xml.juniper.net/netconf/junos/1.0",
    "http://xml.juniper.net/dmi/system/1.0",
)
ALL_ENGINES = "show version invoke-on all-routing-engines"


class Netconf:
    """One session. Implements Dialogue."""

    def __init__(self, box: Box, user: str, visit: Visit) -> None:
        self._box = box
        self._visit = visit
        self._holder = box.new_login(user)
        self._config = ConfigRpcs(box, self._holder)
        self._buffer = ""
        config = self._config
        self._rpcs: dict[str, Callable[[Element], str]] = {
            "lock-configuration": config.lock,
            "lock": config.lock,
            "unlock-configuration": config.unlock,
            "unlock": config.unlock,
            "open-configuration": config.open_private,
            "close-configuration": config.close_private,
            "load-configuration": config.load,
            "get-configuration": config.get,
            "commit-configuration": config.commit,
            "commit": config.standard_commit,
            "discard-changes": config.discard,
            "command": self._command,
        }

    def open(self) -> Iterator[Output]:
        """The box's hello."""
        capabilities = "".join(f"<capability>{one}</capability>" for one in CAPABILITIES)
        hello = (
            f'<hello xmlns="{BASE}"><capabilities>{capabilities}</capabilities>'
            f"<session-id>{self._holder.process}</session-id></hello>"
        )
        yield Output(data=f"{hello}\n{END}\n".encode())

    def feed(self, data: bytes) -> Iterator[Output]:
        """Replies to the requests that are whole."""
        self._buffer += data.decode("utf-8", errors="replace")
        while END in self._buffer:
            message, self._buffer = self._buffer.split(END, 1)
            if message.strip():
                yield from self._answered(message.strip())

    def close(self) -> None:
        """The session is over: its lock goes, and with it what was not committed."""
        self._box.database.release(self._holder)

    def _answered(self, message: str) -> Iterator[Output]:
        try:
            request = parsed(message)
        except ParseError:
            yield _reply("", rpc_error("malformed message"))
            return
        if request.tag == "hello":
            return
        number, operation = request.get("message-id") or "", next(iter(request), None)
        if operation is None:
            yield _reply(number, rpc_error("missing operation"))
        elif operation.tag == "close-session":
            yield _reply(number, "<ok/>", close=True)
        else:
            yield _reply(number, self._done(operation))

    def _done(self, operation: Element) -> str:
        """The inside of the reply. A fault strikes a command by its text, any other request by its tag."""
        struck = self._visit.command(_as_typed(operation))
        if struck.refusal:
            return rpc_error(struck.refusal.strip())
        try:
            text = self._performed(operation)
        except RefusedError as refusal:
            return rpc_error(str(refusal))
        except UnknownWordError as word:
            return rpc_error("syntax error", bad=str(word))
        return _printed_as(struck, text)

    def _performed(self, operation: Element) -> str:
        tag = str(operation.tag)
        if tag in self._rpcs:
            return self._rpcs[tag](operation)
        for rpc in RPCS:
            if rpc.tag == tag:
                return serialised(rpc.make(self._box, operation))
        return rpc_error("syntax error", bad=tag)

    def _command(self, operation: Element) -> str:
        line = " ".join((operation.text or "").split())
        if operation.get("format") == "text":
            return self._printed(line)
        if line == ALL_ENGINES:
            return serialised(software_information(self._box, operation))
        if line.startswith("ping "):
            return serialised(ping_results(self._box, tuple(line.split())))
        raise UnknownWordError(line.split()[1] if " " in line else line)

    def _printed(self, line: str) -> str:
        text = answer(self._box, line)
        if text is None:
            raise UnknownWordError(line.rsplit(maxsplit=1)[-1])
        if line.startswith("show configuration"):
            return (
                "<configuration-information><configuration-output>"
                f"\n{escape(text)}</configuration-output></configuration-information>"
            )
        return f"<output>\n{escape(text)}</output>" if text.strip() else ""


class Absent:
    """NETCONF where it is not configured. Implements Dialogue."""

    def open(self) -> Iterator[Output]:
        """The session ends at once."""
        yield Output(data=b"", close=True)

    def feed(self, data: bytes) -> Iterator[Output]:  # noqa: ARG002 - nobody hears it
        """Nothing."""
        return iter(())

    def close(self) -> None:
        """There was nothing."""


def _as_typed(operation: Element) -> str:
    if operation.tag == "command":
        return " ".join((operation.text or "").split())
    if operation.get("compare") is not None:
        return f"{operation.tag} compare"
    if operation.tag == "commit-configuration" and operation.find("confirmed") is not None:
        return "commit-configuration confirmed"
    return str(operation.tag)


def _printed_as(struck: Struck, text: str) -> str:
    """The reply with what the command prints as the faults leave it, in elements that are whole."""
    before, middle, rest = text.partition("-output>") if "-output>" in text else text.partition("<output>")
    body, closing, tail = rest.partition("</")
    return before + middle + escape(struck.printed(unescape(body))) + closing + tail if middle else text


def _reply(number: str, inside: str, *, close: bool = False) -> Output:
    attribute = f' message-id="{escape(number)}"' if number else ""
    junos = 'xmlns:junos="http://xml.juniper.net/junos/21.4R0/junos"'
    text = f'<rpc-reply xmlns="{BASE}" {junos}{attribute}>\n{inside}\n</rpc-reply>\n{END}\n'
    return Output(data=text.encode(), answer=True, close=close)
