"""A device's command line over an open Netmiko connection: commands in, what they printed out.

Netmiko opens the session and knows the device's manners. Reading is done here, because its own loop waits for its full
timeout when a device hangs up, and takes a prompt anywhere in the output for the end of it.
"""

import re
import time
from collections.abc import Iterable, Sequence

import paramiko
from netmiko import BaseConnection
from netmiko.exceptions import ReadException

from siteauto.adapters.driver_errors import session_errors
from siteauto.adapters.event_driven_netmiko import WakefulChannel
from siteauto.adapters.jump_host import has_left
from siteauto.adapters.session_parts import readable
from siteauto.core.ports import Target

POLL = 0.05  # seconds
QUIET = 0.3  # seconds without a byte after which an unfamiliar last line counts as a new prompt
UNHEARD = 5.0  # seconds without a byte after which a device that shows a prompt is taken not to have echoed
TURNS = 6  # so often within its timeout a silent device that is to move is looked for at its address
PATIENCE = 4  # a push may think this many times longer than a question
WIPED = re.compile(r"\x08+ *\x08*|\r +\r")
PROMPT_END = re.compile(r"[\w.:~/-]* ?(?:\([^)\n]*\) ?)?[#>$] ?$")  # behind the device's name
DOUBT = 2.0  # seconds without a byte after which a prompt in an unfinished configuration is one


class Terminal:
    """Commands on an open Netmiko connection."""

    def __init__(self, connection: BaseConnection, target: Target) -> None:
        if isinstance(connection.remote_conn, paramiko.Channel) and not isinstance(connection.channel, WakefulChannel):
            connection.channel = WakefulChannel(connection.remote_conn, connection.encoding)
        self._connection = connection
        self._target = target
        self._prompt = self._name = ""
        self._patience = target.timeout * (PATIENCE if target.writable else 1)
        with session_errors(target, "looking for the prompt"):
            self._learn_prompt(connection.find_prompt())

    @property
    def is_privileged(self) -> bool:
        """Whether its prompt is the one of a user who may do anything."""
        return self._prompt.endswith("#")

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """Send one command, answer its questions, and return what it printed, without echo and prompt."""
        with session_errors(self._target, f"waiting for the answer to {command.split(maxsplit=2)[:2]}"):
            self._write(command)
            printed = self._read(command, questions=[pattern for pattern, _ in answers], end=self._end_of(command))
            while (reply := self._reply(printed, answers)) is not None:
                self._write(reply)
                printed += self._read(reply, questions=[pattern for pattern, _ in answers])
        end = self._end_of(command)
        answer = self._without_prompt(printed, end)
        return answer if end else readable(answer)

    def _end_of(self, command: str) -> str:
        """How the last line of the answer looks, where the platform says so: of a whole configuration."""
        rules = self._target.platform.backup
        return rules.end if command in (rules.running, rules.startup) else ""

    def configure(self, lines: Iterable[str]) -> str:
        """Type lines until the device refuses one; return all that was printed, with the refused line before it."""
        printed = []
        for line in lines:
            with session_errors(self._target, "typing configuration lines"):
                self._write(line)
                answer = self._read(line, questions=[self._target.platform.in_text])
            printed.append(self._without_prompt(answer))
            if self._is_refusal(answer):
                printed.insert(-1, f"{line}\n")
                break
        return "".join(printed)

    def _is_refusal(self, answer: str) -> bool:
        return any(re.search(one, answer, re.MULTILINE) for one in self._target.platform.failures)

    def _write(self, line: str) -> None:
        self._connection.write_channel(line + self._connection.RETURN)

    @staticmethod
    def _reply(printed: str, answers: Sequence[tuple[str, str]]) -> str | None:
        last = printed.rsplit("\n", 1)[-1]
        return next((reply for pattern, reply in answers if re.search(pattern, last)), None)

    def _read(self, sent: str, questions: Sequence[str], end: str = "") -> str:
        """All after the echo of what was sent, up to and with the next prompt or question.

        A line of a banner may look like the prompt: until the `end` of a configuration has come, a prompt is believed
        only when nothing more comes.

        Nothing before the echo counts: Netmiko presses Enter again when a device is slow to show its prompt, and the
        late answers would be taken for ours.
        """
        text, start, since = "", -1, time.monotonic()
        latest, doubt = since + self._target.longest, self._target.timeout / TURNS
        while start < 0 or not self._is_complete(text, questions, quiet=time.monotonic() - since, end=end):
            if time.monotonic() > latest:
                raise ReadException(f"no end after {self._target.longest:g} s")
            new = self._connection.read_channel()
            if new:
                text, since = self._turned(self._uninterrupted(text + new)), time.monotonic()
                doubt = self._target.timeout / TURNS
                start = _end_of_echo(text, sent) if start < 0 else start
            elif time.monotonic() - since > self._patience:
                raise ReadException("silence")
            elif time.monotonic() - since > doubt:
                if has_left(self._target):
                    raise ReadException("it has left the address of this session")
                doubt += self._target.timeout / TURNS
            elif start < 0 and time.monotonic() - since > UNHEARD and self._is_familiar(text.split("\n")[-1]):
                start = 0
            else:
                self._wait()
        return self._unpaged(text[start:])

    def _turned(self, text: str) -> str:
        """The text without the line that waits for a key at the end of a page: the page is turned."""
        pager = self._target.platform.pager
        found = re.search(f"(?:{pager})$", text) if pager else None
        if found is None:
            return text
        self._connection.write_channel(" ")
        return text[: found.start()]

    def _unpaged(self, text: str) -> str:
        """The text without what the device wipes the end of a page out with."""
        return WIPED.sub("", text) if self._target.platform.pager else text

    def _uninterrupted(self, text: str) -> str:
        """The text without what the device has thrown in by itself: a warning behind a prompt would hide it."""
        for pattern in self._target.platform.interruptions:
            text = re.sub(pattern, "", text)
        return text

    def _wait(self) -> None:
        channel = self._connection.channel
        if isinstance(channel, WakefulChannel):
            channel.wait(POLL)
        else:
            time.sleep(POLL)

    def _is_complete(self, text: str, questions: Sequence[str], *, quiet: float, end: str) -> bool:
        last = self._unpaged(text.rsplit("\n", 1)[-1])
        if self._is_familiar(last) or any(re.search(one, last) for one in questions):
            self._prompt = last.strip()
            return not end or quiet >= DOUBT or _ends_with(end, self._without_prompt(text, end))
        if quiet >= QUIET and re.match(self._target.platform.prompt, last):
            self._learn_prompt(last)
            return True
        return False

    def _learn_prompt(self, prompt: str) -> None:
        """Take this prompt, and those of its configuration modes, for the end of an answer from now on.

        IOS cuts the name to 20 characters in configuration mode, so only its beginning is held to be the same.
        """
        self._prompt = prompt.strip()
        self._name = re.split(r"[ (#>$]", self._prompt)[0][:16]

    def _is_familiar(self, line: str) -> bool:
        """Whether this is a prompt of the device. No pattern has its name in it: each would be compiled anew."""
        return line.startswith(self._name) and PROMPT_END.match(line, len(self._name)) is not None

    def _without_prompt(self, printed: str, end: str = "") -> str:
        """Without the last line, where that is the prompt; behind the `end` of a configuration without all that are.

        A device that takes CR LF for two ends of a line shows its prompt twice.
        """
        body, newline, last = printed.rpartition("\n")
        while last and last.strip() == self._prompt:
            printed = body + newline
            if not end:
                break
            body, newline, last = body.rpartition("\n")
        return printed


def _ends_with(end: str, text: str) -> bool:
    """Whether the last line that is not empty is the last one of a configuration."""
    return re.search(end, text.rstrip().rsplit("\n", 1)[-1]) is not None


def _end_of_echo(text: str, sent: str) -> int:
    """Where the line ends in which the device shows what was sent, however it broke it up; -1: it has not yet."""
    wanted, end = "".join(sent.split()), 0
    for line in text.split("\n")[:-1]:
        end += len(line) + 1
        if "".join(line.split()).endswith(wanted):
            return end
    return -1
