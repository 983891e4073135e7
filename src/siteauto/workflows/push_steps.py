"""Take the steps of a push on one session, and believe the device when it complains."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from siteauto.core.change.candidate import Prepared, SecretForms, shown
from siteauto.core.config import seal
from siteauto.core.errors import PushError, UnreachableError
from siteauto.core.markers import MARKER
from siteauto.core.platform_spec import Candidate, Lines, PushMethod, PushStep, Step
from siteauto.core.ports import Session, Target

Words: TypeAlias = Mapping[str, str]

CONTEXT = 3  # lines of an answer that are shown before and after a complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """One session in which steps are taken. `prepared` has what is typed or loaded, `device_diff` what was staged."""

    session: Session
    target: Target
    method: PushMethod
    forms: SecretForms
    prepared: Prepared | None = None
    device_diff: str | None = field(default=None, repr=False)

    def take_all(self, steps: Sequence[PushStep], words: Words) -> Words:
        """Take these steps in order. Raises PushError at the first that the device does not take."""
        for step in steps:
            words = self.take(step, words)
        return words

    def take(self, step: PushStep, words: Words) -> Words:
        """Take one step; return the words that later steps may use."""
        if isinstance(step, Lines):
            lines = self.prepared.lines if self.prepared is not None else ()
            self._listen(self.session.configure(lines), f"one of {len(lines)} configuration lines")
            return words
        if isinstance(step, Candidate):
            self._load_again(words)
            return words
        shown = fill(step.send, unseen(self.method, words))
        try:
            answer = self.answer(step, words)
        except UnreachableError:
            if step.disconnects:
                return words
            raise
        captured = re.search(step.capture, answer, re.MULTILINE) if step.capture else None
        for name in step.secret if captured else ():
            answer = answer.replace(captured[name], f"{{{name}}}") if captured and captured[name] else answer
        if step.gone and re.search(step.gone, answer, re.MULTILINE):
            return words
        self._listen(answer, shown)
        if not re.search(step.expect, answer, re.MULTILINE):
            raise self._unexpected(step, shown, answer)
        return {**words, **captured.groupdict()} if captured else words

    def answer(self, step: Step, words: Words) -> str:
        """What the device prints for one step. Raises SecretError where it names a secret that cannot be typed."""
        command = fill(step.send, words)
        if MARKER.search(command):
            command = seal(self.target.platform.config, command, self.forms.resolve, self.forms.salt)
        return self.session.run(command, step.answers)

    def _load_again(self, words: Words) -> None:
        """Load the candidate, and hold the device to the difference that it showed when it was staged, if it was."""
        text = self.prepared.text if self.prepared is not None else ""
        diff = self.session.stage(text, mode=self.method.mode, name=words["name"])
        if self.device_diff is not None and diff != self.device_diff:
            raise PushError(
                f"{self.target.device.name}: its own diff is not the one that it showed when the candidate was staged",
                expected="the same lines",
                found="others: it was changed in between",
                next_step="Nothing was made live. Plan again",
            )

    def is_pending(self, words: Words) -> bool:
        """Whether the device's timer runs. A platform that cannot tell is taken to have it running."""
        pending = self.method.pending
        if pending is None:
            return True
        answer = self.session.run(fill(pending.send, words))
        ours = fill(self.method.pending_pattern, {name: re.escape(value) for name, value in words.items()})
        return bool(re.search(ours, answer, re.MULTILINE))

    def _listen(self, answer: str, sent: str) -> None:
        for pattern in self.target.platform.failures:
            if found := re.search(pattern, answer, re.MULTILINE):
                passing = self.target.platform.passing.get(pattern, "")
                raise PushError(
                    f"{self.target.device.name}: it did not take {sent!r}",
                    expected="no complaint",
                    found=self._around(answer, found.end()),
                    next_step=passing or "Correct the template or the device, then plan again",
                )

    def _unexpected(self, step: Step, sent: str, answer: str) -> PushError:
        return PushError(
            f"{self.target.device.name}: {sent!r} does not answer as it must",
            expected=step.needs or f"an answer that matches {step.expect!r}",
            found=self._around(answer),
            next_step="Set it right on the device, then plan again",
        )

    def _around(self, answer: str, at: int = 0) -> str:
        """The lines around a complaint say it: what the device did not take stands before it, sometimes after."""
        ends = answer.find("\n", at) % (len(answer) + 1)
        told = [*_telling(answer[:ends])[-CONTEXT:], *_telling(answer[ends:])[:CONTEXT]]
        return "; ".join(shown(self.target.platform, line, self.forms.book) for line in told) or "nothing"


def _telling(text: str) -> list[str]:
    """The lines of an answer without those that only decorate it."""
    return [line.strip() for line in text.splitlines() if line.strip(" ^*!")]


def fill(text: str, words: Words) -> str:
    """The text with its {words}; one that was never captured is shown as it stands."""
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), text)


def unseen(method: PushMethod, words: Words) -> Words:
    """The words that people may see; the others stay {words}."""
    return {name: word for name, word in words.items() if name not in method.secrets}


def as_typed(steps: Sequence[PushStep], words: Words) -> str:
    """The steps as a person would type them."""
    return ", then ".join(fill(step.send, words) for step in steps if isinstance(step, Step)) or "nothing"
