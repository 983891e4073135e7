"""The phases of a site transaction before its decision: any trouble is raised here, and undone by the caller."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from siteauto.core.change.candidate import shown
from siteauto.core.change.plan import digest_of
from siteauto.core.change.transaction import Decision, Order, Pace, State, deadline_of, decide, may_confirm
from siteauto.core.errors import AuthenticationError, PushError, StalePlanError, UnreachableError, as_one
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.ports import Target
from siteauto.core.run import Outcome
from siteauto.workflows import push
from siteauto.workflows.progress import Progress
from siteauto.workflows.push import Push, PushPorts, Staged
from siteauto.workflows.push_look import Findings, preflight
from siteauto.workflows.push_steps import Words

Act = Callable[[Push], None]

LOOKS = 3  # at a device that cannot be reached right after the change: paths take a while to come back
RETRY = 10.0  # seconds between them


@dataclass(slots=True, kw_only=True)
class SitePush:
    """A transaction on its way: what it does on whom, and what it has learnt of each device so far.

    `begun` are the devices whose arming has begun: they may be live, whatever is known of them. `words` are what each
    device's steps have captured; a device without them has nothing to clean up.
    """

    name: SiteName
    targets: tuple[Target, ...]
    pushes: Mapping[DeviceName, Push]
    order: Order
    ports: PushPorts
    progress: Progress
    pace: Pace
    deadline: datetime  # of the timers; set anew when arming begins
    live_as: int = push.AS_PLANNED  # the generation under which a device is asked to undo
    impatient: bool = False  # Ctrl-C came while it was ending: no timer is waited for any more
    staged: dict[DeviceName, Staged] = field(default_factory=dict)
    words: dict[DeviceName, Words] = field(default_factory=dict)
    begun: set[DeviceName] = field(default_factory=set)
    tidied: set[DeviceName] = field(default_factory=set)
    leftovers: dict[DeviceName, str] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[tuple[DeviceName, ...], ...]:
        """All devices, outside-in, those without a timer last."""
        return (*self.order.timed, *self.order.last)

    @property
    def device_diffs(self) -> Mapping[DeviceName, str]:
        """What each device itself said would change; what is secret in it is hidden."""
        return {
            name: shown(self.pushes[name].platform, one.device_diff, self.ports.forms.book)
            for name, one in self.staged.items()
        }

    def now(self) -> datetime:
        """The clock's time."""
        return self.ports.clock.now()

    def run(self, names: Iterable[DeviceName], act: Act) -> Mapping[DeviceName, Outcome[None]]:
        """Do it on these devices at once."""
        targets = [self.pushes[name].target for name in names]
        return self.ports.runner.run(targets, lambda target: act(self.pushes[target.device.name])) if targets else {}

    def run_or_raise(self, names: Iterable[DeviceName], act: Act) -> None:
        """Do it on these devices at once. Raises what went wrong, all of it, when all of them have ended."""
        errors = [(name, one.error) for name, one in self.run(names, act).items() if one.error is not None]
        for name, error in errors:
            self.progress.fail(name, error)
        if errors:
            raise as_one([error for _, error in errors])


def preflight_site(site: SitePush) -> None:
    """Ask every device what can be asked before any is touched. Raises all that is found, at once."""
    found: dict[DeviceName, Findings] = {}

    def act(one: Push) -> None:
        found[one.plan.device] = preflight(one, site.ports)

    outcomes = site.run(site.pushes, act)
    lost = {name: [one.error] for name, one in outcomes.items() if one.error is not None}
    errors = {name: lost.get(name) or list(found[name].errors) for name in site.pushes}
    _tell_advice(site, found)
    site.progress.record(
        "preflight",
        errors={name: [str(error) for error in some] for name, some in errors.items() if some},
        advice={
            name: [f"{each.lacks}: {each.said}" for each in one.advice] for name, one in found.items() if one.advice
        },
        unasked={name: one.method.unasked for name, one in site.pushes.items() if one.method.unasked},
    )
    for name, some in errors.items():
        if some:
            site.progress.fail(name, as_one(some))
    if every := [error for some in errors.values() for error in some]:
        raise as_one(every)


def _tell_advice(site: SitePush, found: Mapping[DeviceName, Findings]) -> None:
    """Say what is lacking once for all devices that lack it: of a new site it is every one."""
    lacking: dict[str, list[DeviceName]] = {}
    for name in sorted(found):
        for one in found[name].advice:
            lacking.setdefault(one.lacks, []).append(name)
    for what, names in lacking.items():
        site.progress.tell("preflight", message=f"no change waits for it: {what} is lacking on {', '.join(names)}")


def stage_site(site: SitePush) -> None:
    """Load and compare everywhere; nothing is live yet."""

    def act(one: Push) -> None:
        name = one.plan.device
        site.progress.begin(name, "stage", file=one.file, base=one.plan.base_digest, diff=one.plan.diff_digest)
        staged = push.stage(one, site.ports, lambda words: _learn(site, one, words))
        site.staged[name], site.words[name] = staged, staged.words
        site.progress.move(
            name,
            State.STAGED,
            words=one.sealed(staged.words, site.ports.journal),
            running=site.progress.keep(f"snapshot/{name}.running", staged.running),
            startup=site.progress.keep(f"snapshot/{name}.startup", staged.startup),
            device_diff=digest_of(staged.device_diff),
        )

    site.run_or_raise(site.pushes, act)


def _learn(site: SitePush, one: Push, words: Words) -> None:
    """From here on there may be something to clean up."""
    site.words[one.plan.device] = words
    site.progress.record("words", device=one.plan.device, words=one.sealed(words, site.ports.journal))


def arm_site(site: SitePush) -> None:
    """Make the change live, farthest devices first, under timers that share one deadline; then read each back."""
    site.deadline = deadline_of(site.now(), site.pace)
    site.progress.record("deadline", deadline=site.deadline)
    for group in site.order.timed:
        site.run_or_raise(group, lambda one: _arm(site, one))
    site.ports.clock.sleep(max([site.pace.settle, *(one.method.settle for one in site.pushes.values())]))
    site.run_or_raise([name for group in site.order.timed for name in group], lambda one: _read_back(site, one))


def arm_last_resources(site: SitePush) -> None:
    """Change the devices that have no timer, when all others are armed and verified."""
    for group in site.order.last:
        _must_be_in_time(site)
        site.run_or_raise(group, lambda one: _arm(site, one))
        site.run_or_raise(group, lambda one: _read_back(site, one))


def decide_to_commit(site: SitePush) -> None:
    """Write the decision. Raises PushError when it is too late for it."""
    if decide(site.progress.states) is not Decision.COMMIT:
        raise PushError("Not every device is verified", next_step="The site is undone. Run again")
    _must_be_in_time(site)
    site.progress.decide(Decision.COMMIT)


def _must_be_in_time(site: SitePush) -> None:
    if not may_confirm(now=site.now(), deadline=site.deadline, pace=site.pace):
        raise PushError(
            "Verifying took too long: the timers on the devices are about to fire",
            expected=f"a decision {site.pace.guard} s before {site.deadline:%H:%M:%S}",
            found=f"{site.now():%H:%M:%S}",
            next_step="The site is undone. Choose a longer window",
        )


def _arm(site: SitePush, one: Push) -> None:
    name = one.plan.device
    site.begun.add(name)
    site.progress.begin(name, "arm", deadline=site.deadline)
    try:
        site.words[name] = push.arm(one, site.staged[name], site.ports, site.deadline)
    except StalePlanError:  # somebody else was there: nothing of ours is live, and nothing of theirs is undone
        site.begun.discard(name)
        raise
    timed = one.method.timer.kind != "none"
    site.progress.move(
        name,
        State.ARMED,
        f"until {site.deadline:%H:%M:%S}" if timed else "",
        until=site.deadline if timed else None,
        words=one.sealed(site.words[name], site.ports.journal),
    )


def _read_back(site: SitePush, one: Push) -> None:
    for look in range(1, LOOKS + 1):
        try:
            push.read_back(one, site.staged[one.plan.device], site.words[one.plan.device], site.ports)
            break
        except UnreachableError as error:
            if isinstance(error, AuthenticationError) or look == LOOKS:
                raise
            site.ports.clock.sleep(RETRY)
    site.progress.move(one.plan.device, State.VERIFIED)
