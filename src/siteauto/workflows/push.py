"""What a push does on one device: stage, arm, read back, confirm, save. Each act has its own session.

Outcomes are judged by reading the device again. What it prints can only make things worse, never better.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from siteauto.core.change.candidate import Prepared, SecretForms, changes, differences, planned, prepare, unplanned
from siteauto.core.change.plan import DevicePlan
from siteauto.core.change.transaction import timer_seconds
from siteauto.core.errors import PushError, SiteautoError, StalePlanError, UnreachableError
from siteauto.core.platform_spec import PlatformSpec, PushMethod, PushStep
from siteauto.core.ports import Clock, Journal, Runner, Target, Transport
from siteauto.workflows.push_steps import Steps, Words, as_typed, fill, unseen
from siteauto.workflows.reach import reach
from siteauto.workflows.read_config import read_config

AS_FOUND = 0  # generations of a target: the configuration that was found …
AS_PLANNED = 1  # … and the one that the push made live


@dataclass(frozen=True, slots=True, kw_only=True)
class PushPorts:
    """What a push works with. `held` are the sessions that stay open until the transaction has ended."""

    transport: Transport
    runner: Runner
    clock: Clock
    journal: Journal
    forms: SecretForms
    held: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One device's part in a transaction. `token` names the transaction on the device."""

    plan: DevicePlan
    target: Target
    method: PushMethod
    token: str

    @property
    def file(self) -> str:
        """The candidate's name on the device: of this transaction and no other."""
        return self.method.candidate.format(token=self.token)

    @property
    def words(self) -> Words:
        """What steps may name from the beginning."""
        own = str(self.target.credentials[0].password) if self.target.credentials else ""
        return {"file": self.method.path(self.file), "name": self.file, "token": self.token, "password": own}

    @property
    def platform(self) -> PlatformSpec:
        """The device's operating system."""
        return self.target.platform

    def steps(self, ports: PushPorts, generation: int, prepared: Prepared | None = None) -> "_OpenSteps":
        """A fresh session to the device as it was found or as it is planned, for steps."""
        return _open_steps(self, ports, replace(self.target.under(generation), writable=True), prepared)

    def steps_anywhere(self, ports: PushPorts, generation: int) -> "_OpenSteps":
        """The same, where nobody knows whether the device is at its old address or at its planned one."""
        return _open_steps_anywhere(self, ports, replace(self.target.under(generation), writable=True))

    def questions(self, ports: PushPorts) -> "_OpenSteps":
        """A fresh session to the device as it was found, for steps that change nothing; any other is refused."""
        return _open_steps(self, ports, replace(self.target.under(AS_FOUND), writable=False), None)

    def typed(self, steps: Sequence[PushStep], words: Words) -> str:
        """The steps as a person would type them, without what nobody may see."""
        return as_typed(steps, unseen(self.method, words))

    def sealed(self, words: Words, journal: Journal) -> Words:
        """The words as they may stand in the journal."""
        secret = self.method.secrets
        return {name: journal.seal(word) if name in secret else word for name, word in words.items()}

    def unsealed(self, words: Words, journal: Journal) -> Words:
        """The words of the journal as steps need them. Raises StoreError."""
        secret = self.method.secrets
        return {name: journal.unseal(word) if name in secret else word for name, word in words.items()}


_OpenSteps = contextlib.AbstractContextManager[Steps]


@contextlib.contextmanager
def _open_steps(push: Push, ports: PushPorts, target: Target, prepared: Prepared | None) -> Iterator[Steps]:
    with ports.transport.connect(target) as session:
        yield Steps(session=session, target=target, method=push.method, forms=ports.forms, prepared=prepared)


@contextlib.contextmanager
def _open_steps_anywhere(push: Push, ports: PushPorts, target: Target) -> Iterator[Steps]:
    with reach(ports.transport, target) as (session, reached):
        yield Steps(session=session, target=reached, method=push.method, forms=ports.forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A device that is ready to be armed. `running` and `startup` are what an undo must bring back, secrets and all."""

    at: datetime
    running: str = field(repr=False)
    startup: str = field(repr=False)
    prepared: Prepared
    words: Words
    device_diff: str = field(repr=False)


def stage(push: Push, ports: PushPorts, learn: Callable[[Words], None]) -> Staged:
    """Look before anything is sent; load the candidate and compare. Raises StalePlanError, PushError, SecretError.

    `learn` hears the words that the first steps captured, as soon as there is something to clean up.
    """
    with push.steps(ports, AS_FOUND) as steps:
        asked = [step for step in (*push.method.suits, *push.method.preflight) if not step.advice]
        words = steps.take_all(asked, push.words)
        learn(words := steps.take_all(push.method.prepare, words))
        at = ports.clock.now()
        running, startup = read_config(steps.session, push.platform), steps.session.fetch("startup")
        if moved := changes(push.platform, running, push.plan.base, ports.forms.book):
            raise stale(push, moved)
        _must_be_as_approved(push, running, ports)
        prepared = prepare(push.plan, push.platform, running, ports.forms)
        device_diff = _load(steps, push, prepared) if push.method.staged_by == "driver" else ""
        words = _rehearse(replace(steps, prepared=prepared), push, words)
    return Staged(at=at, running=running, startup=startup, prepared=prepared, words=words, device_diff=device_diff)


def _must_be_as_approved(push: Push, running: str, ports: PushPorts) -> None:
    """What would be done now must be what a person has seen. Raises StalePlanError."""
    diff, remedy = planned(push.platform, running, push.plan.candidate, ports.forms.book)
    if (diff, remedy.commands) != (push.plan.diff, push.plan.commands):
        raise StalePlanError(
            f"{push.plan.device}: its change is not the one that was approved",
            expected=f"the diff {push.plan.diff_digest[:12]}",
            found=few([line for line in diff if line not in push.plan.diff]) if diff != push.plan.diff else "commands",
            next_step="Nothing was changed. Plan again",
        )


def _load(steps: Steps, push: Push, prepared: Prepared) -> str:
    device_diff = steps.session.stage(prepared.text, mode=push.method.mode, name=push.file)
    extra = unplanned(push.plan, push.platform, device_diff)
    if extra:
        raise PushError(
            f"{push.plan.device}: its own diff holds lines that the plan did not show",
            expected="the lines of the plan and no others",
            found=few(extra),
            next_step="Nothing was changed. Plan again; if it stays, the platform file lacks a rule for these lines",
        )
    return device_diff


def _rehearse(steps: Steps, push: Push, words: Words) -> Words:
    """Type the lines where they have no effect. What a refusal leaves open would be in the next run's way."""
    try:
        words = steps.take_all(push.method.rehearsal, words)
        if push.method.staged is not None:
            _must_become_as_planned(steps, push, steps.answer(push.method.staged, words))
    except PushError:
        with contextlib.suppress(SiteautoError):  # the refusal is what must be told
            for step in push.method.rehearsal_end:
                steps.session.run(fill(step.send, words), step.answers)
        raise
    return words


def _must_become_as_planned(steps: Steps, push: Push, staged: str) -> None:
    if wrong := differences(push.platform, staged, push.plan.candidate, steps.forms.book):
        raise PushError(
            f"{push.plan.device}: what it has staged is not what was planned",
            expected="the planned configuration",
            found=few(wrong),
            next_step="Nothing was changed. Plan again; if it stays, the platform file lacks a rule for these lines",
        )


def arm(push: Push, staged: Staged, ports: PushPorts, deadline: datetime) -> Words:
    """Make the change live under the device's own timer. Returns the words that its steps captured.

    A session that is lost on the way is not an error yet: a far device may be cut off until the devices before it are
    armed too. What it runs is read over a fresh session. Raises StalePlanError when somebody has changed it meanwhile.
    """
    words, sent = _with_time(push, staged, ports.clock.now(), deadline), False
    try:
        with contextlib.ExitStack() as here:
            opened = ports.held if push.method.holds_session else here
            steps = opened.enter_context(push.steps(ports, AS_FOUND, staged.prepared))
            running = read_config(steps.session, push.platform)
            if moved := changes(push.platform, running, push.plan.base, ports.forms.book):
                raise stale(push, moved)
            steps, sent = replace(steps, device_diff=staged.device_diff), True
            words = steps.take_all(push.method.arm[:1], words)
            words = _take_under_timer(steps, push, words)
    except UnreachableError:
        if not sent:
            raise
    return words


def _take_under_timer(steps: Steps, push: Push, words: Words) -> Words:
    """The steps after the one that starts the timer; where the device takes none of the lines, the timer is ended."""
    try:
        return steps.take_all(push.method.arm[1:], words)
    except PushError:
        if push.method.disarm and not steps.is_pending(words):
            with contextlib.suppress(PushError):  # then it runs until its end, and brings back what is there already
                steps.take_all(push.method.disarm, words)
        raise


def _with_time(push: Push, staged: Staged, now: datetime, deadline: datetime) -> Words:
    seconds = timer_seconds(push.method.timer, now=now, deadline=deadline)
    duration = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    words = {**staged.words, "seconds": str(seconds), "minutes": str(seconds // 60), "duration": duration}
    if "date" in words and "time" in words:  # a device that wants a time of day has said what its own clock shows
        there = datetime.fromisoformat(f"{words['date']}T{words['time']}") + (now - staged.at)
        words["when"] = f"{there + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"
    return words


def read_back(push: Push, staged: Staged, words: Words, ports: PushPorts) -> None:
    """Whether the device runs what was planned, and its timer runs too. Raises PushError, UnreachableError."""
    with push.steps(ports, AS_PLANNED, staged.prepared) as steps:
        if not steps.is_pending(words):
            raise PushError(
                f"{push.plan.device}: its timer does not run although the change was sent",
                expected=f"a timer ({push.method.timer.kind})",
                found="none: the change was refused, or undone already, or is live without a way back",
                next_step="Look at what the device logged",
            )
        _must_run_as_planned(steps, push)


def confirm(push: Push, staged: Staged, words: Words, ports: PushPorts) -> None:
    """Stop the timer, so that the change stays. Raises PushError, UnreachableError when that is not certain."""
    with push.steps(ports, AS_PLANNED, staged.prepared) as steps:
        if not push.method.sees_timer or steps.is_pending(words):
            steps.take_all(push.method.confirm, words)
    with push.steps(ports, AS_PLANNED, staged.prepared) as steps:
        if push.method.pending is not None and steps.is_pending(words):
            raise PushError(
                f"{push.plan.device}: its timer still runs after the confirm",
                next_step=f"Before it fires, type on it: {push.typed(push.method.confirm, words)}",
            )
        _must_run_as_planned(steps, push)


def save(push: Push, staged: Staged, words: Words, ports: PushPorts) -> None:
    """Write to startup, and read it again. Raises PushError, UnreachableError."""
    with push.steps(ports, AS_PLANNED, staged.prepared) as steps:
        steps.take_all(push.method.save, words)
        _must_run_as_planned(steps, push)  # a reboot before the save has brought the old one back
        if not push.platform.backup.startup:
            return
        running, startup = steps.session.fetch("running"), steps.session.fetch("startup")
    if unsaved := changes(push.platform, startup, running, ports.forms.book):
        raise PushError(
            f"{push.plan.device}: its startup configuration is not what it runs",
            expected="equal",
            found=few(unsaved),
            next_step=f"Type on it: {push.typed(push.method.save, words)}",
        )


def _must_run_as_planned(steps: Steps, push: Push) -> None:
    running = read_config(steps.session, push.platform)
    if wrong := differences(push.platform, running, push.plan.candidate, steps.forms.book):
        raise PushError(
            f"{push.plan.device}: it does not run what was planned",
            expected="the planned configuration",
            found=few(wrong),
            next_step="The device did not take these lines as they are written; correct the template, then plan again",
        )


def stale(push: Push, moved: Sequence[str]) -> StalePlanError:
    """The plan does not start from what the device runs."""
    return StalePlanError(
        f"{push.plan.device}: its configuration has changed since the plan was made",
        expected="the configuration that the plan starts from",
        found=few(moved),
        next_step="Nothing was changed. Plan again",
    )


def few(lines: Sequence[str]) -> str:
    """Some of the lines, and how many there are."""
    more = "; …" if len(lines) > 5 else ""
    return f"{len(lines)} line{'s' if len(lines) != 1 else ''}: {'; '.join(line.strip() for line in lines[:5])}{more}"
