"""Trouble that can be put into a device, and the shell that lives with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from siteauto.core.errors import UsageError
from siteauto.lab.shell import Reply, Shell

KINDS = {
    "refuse": "refuse lines that match PATTERN",
    "drop": "drop the session in the middle of the answer (to a line that matches PATTERN, after AFTER commands)",
    "hang": "stop answering (at a line that matches PATTERN, after AFTER commands)",
    "slow": "wait SECONDS before every answer",
    "wrong-password": "refuse every login",
    "reboot": "reboot when a line that matches PATTERN was answered",
    "truncate": "leave out the second half of answers to lines that match PATTERN",
    "disk-full": "leave no byte free on the flash",
    "cut-off": "let nobody reach its management address",
    "trickle": "send answers to lines that match PATTERN one line at a time, SECONDS apart",
    "insert": "put TEXT ({n}: for which time) in the middle of answers to lines that match PATTERN, and pause SECONDS",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of trouble. `pattern` is searched in the typed line; `after` counts the lines of a session before it.

    `times`: how often it strikes; 0 means always.
    """

    kind: str
    pattern: str = ""
    after: int = 0
    seconds: float = 1.0
    times: int = 1
    text: str = "% Invalid input detected at '^' marker.\n"  # what `refuse` prints


def make_fault(
    kind: str, *, pattern: str = "", after: int = 0, seconds: float = 1.0, times: int | None = None, text: str = ""
) -> Fault:
    """A fault from an operator's words. Raises UsageError where they mean nothing."""
    if kind not in KINDS:
        raise UsageError(f"There is no fault {kind}", expected=", ".join(sorted(KINDS)), found=kind)
    try:
        re.compile(pattern)
    except re.error as problem:
        raise UsageError(f"The pattern {pattern!r} cannot be read", found=str(problem)) from None
    lasting = kind in ("refuse", "slow", "wrong-password", "disk-full", "cut-off", "truncate", "trickle", "insert")
    fault = Fault(
        kind=kind,
        pattern=pattern,
        after=after,
        seconds=seconds,
        times=(0 if lasting else 1) if times is None else times,
    )
    return replace(fault, text=text if text.endswith("\n") else text + "\n") if text else fault


@dataclass(slots=True)
class DeviceFaults:
    """The faults of one device, how often each has struck, and how many logins were refused, by a fault or rightly."""

    faults: list[Fault] = field(default_factory=list)
    struck: dict[int, int] = field(default_factory=dict)
    refused_logins: int = 0

    def has(self, kind: str) -> bool:
        """Whether a fault of this kind is on."""
        return any(fault.kind == kind for fault in self.faults)

    def add(self, fault: Fault) -> None:
        """Put another fault in."""
        self.faults.append(fault)

    def clear(self, kind: str = "") -> None:
        """Take faults out: all, or those of one kind."""
        self.faults = [fault for fault in self.faults if kind and fault.kind != kind]
        self.struck = {}

    def strike(self, line: str, count: int) -> list[Fault]:
        """The faults that hit this line, the session's `count`th (from 1)."""
        hit = [fault for fault in self.faults if count > fault.after and re.search(fault.pattern, line)]
        hit = [fault for fault in hit if not fault.times or self.struck.get(id(fault), 0) < fault.times]
        for fault in hit:
            self.struck[id(fault)] = self.struck.get(id(fault), 0) + 1
        return hit


class FaultyShell:
    """A device's shell with its present faults. Empty lines, which drivers send to find the prompt, never count."""

    def __init__(self, shell: Shell, faults: DeviceFaults, *, reboot: Callable[[], None]) -> None:
        self._shell = shell
        self._faults = faults
        self._reboot = reboot
        self._count = 0
        self._prompt = ""

    @property
    def page_length(self) -> int:
        """As the shell has it."""
        return self._shell.page_length

    @property
    def pager(self) -> str:
        """As the shell has it."""
        return self._shell.pager

    def greeting(self) -> Reply:
        """As the shell's own."""
        return self._kept(self._shell.greeting())

    def help(self, partial: str) -> str | None:
        """As the shell's own."""
        return self._shell.help(partial)

    def receive(self, line: str) -> Reply:
        """The shell's answer, as the faults leave it."""
        if not line.strip():
            return self._kept(self._shell.receive(line))
        self._count += 1
        hits = self._faults.strike(line, self._count)
        refusal = next((fault for fault in hits if fault.kind == "refuse"), None)
        if refusal is not None:
            return Reply(text=refusal.text, prompt=self._prompt)
        reply = self._kept(self._shell.receive(line))
        for fault in hits:
            reply = self._worsened(reply, fault)
        return reply

    def _kept(self, reply: Reply) -> Reply:
        self._prompt = reply.prompt
        return reply

    def _worsened(self, reply: Reply, fault: Fault) -> Reply:
        match fault.kind:
            case "drop":
                return replace(reply, cut=len(reply.text) // 2)
            case "hang":
                return replace(reply, hang=True)
            case "slow":
                return replace(reply, delay=reply.delay + fault.seconds)
            case "reboot":
                self._reboot()
                return reply
            case _:
                return _reshaped(reply, fault, self._faults.struck[id(fault)])


def _reshaped(reply: Reply, fault: Fault, count: int) -> Reply:
    """The answer with less, more or slower text."""
    match fault.kind:
        case "truncate":
            return replace(reply, text=reply.text[: len(reply.text) // 2])
        case "trickle":
            ends = (found.end() for found in re.finditer("\n", reply.text))
            return replace(reply, pauses=tuple((end, fault.seconds) for end in ends))
        case "insert":
            return _inserted(reply, fault, count)
        case _:
            return reply


def _inserted(reply: Reply, fault: Fault, count: int) -> Reply:
    """The answer with the fault's text as a line in its middle, and a pause before that line ends."""
    middle = reply.text.rfind("\n", 0, len(reply.text) // 2) + 1
    text = fault.text.replace("{n}", str(count))
    pauses = ((middle + len(text.rstrip("\n")), fault.seconds),) if fault.seconds else ()
    return replace(reply, text=reply.text[:middle] + text + reply.text[middle:], pauses=pauses)
