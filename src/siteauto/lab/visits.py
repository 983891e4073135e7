"""Visits to a device's services, with the trouble that meets them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from siteauto.lab.faults import DeviceFaults, Fault
from siteauto.lab.output import Output
from siteauto.lab.services import Dialogue, Struck


@dataclass(slots=True, kw_only=True)
class FaultyVisit:
    """Implements Visit. What befalls the connection is done by the server that carries the answer, from `hits`."""

    faults: DeviceFaults
    authenticate: Callable[[str, str], bool]
    hits: list[Fault] = field(default_factory=list)
    count: int = 0

    def lets_in(self, user: str, password: str) -> bool:
        """Whether this login is taken now."""
        taken = not self.faults.has("wrong-password") and self.authenticate(user, password)
        self.faults.refused_logins += not taken
        return taken

    def command(self, line: str) -> Struck:
        """What befalls this command."""
        self.count += 1
        struck = self.faults.strike(line, self.count)
        self.hits += struck
        return Struck(
            refusal=next((fault.text for fault in struck if fault.kind == "refuse"), ""),
            truncated=any(fault.kind == "truncate" for fault in struck),
            inserted=next((self._line(fault) for fault in struck if fault.kind == "insert"), ""),
        )

    def _line(self, fault: Fault) -> str:
        return fault.text.rstrip("\n").replace("{n}", str(self.faults.struck[id(fault)]))

    def take(self, kind: str) -> list[Fault]:
        """The faults of this kind that have struck and wait to be acted on; they are gone then."""
        taken = [fault for fault in self.hits if fault.kind == kind]
        self.hits = [fault for fault in self.hits if fault.kind != kind]
        return taken


class StruckDialogue:
    """A dialogue whose answers fare as the faults of their commands want it."""

    def __init__(self, dialogue: Dialogue, visit: FaultyVisit, *, reboot: Callable[[], None]) -> None:
        self._dialogue = dialogue
        self._visit = visit
        self._reboot = reboot

    def open(self) -> Iterator[Output]:
        """As the dialogue's own."""
        return self._dialogue.open()

    def feed(self, data: bytes) -> Iterator[Output]:
        """The dialogue's answers; those to struck commands late, halved, or never."""
        for output in self._dialogue.feed(data):
            yield self._worsened(output) if output.answer else output

    def close(self) -> None:
        """As the dialogue's own."""
        self._dialogue.close()

    def _worsened(self, output: Output) -> Output:
        visit = self._visit
        delay = sum(fault.seconds for fault in visit.take("slow"))
        drop, hang = bool(visit.take("drop")), bool(visit.take("hang"))
        if visit.take("reboot"):
            self._reboot()
        data = output.data[: len(output.data) // 2] if drop else output.data
        return replace(
            output, data=data, delay=output.delay + delay, hang=output.hang or hang, close=output.close or drop
        )
