"""A small model of the protocol, walked at random: what can be seen while siteauto is dead, and how it always ends.

The devices are four booleans and a timer each; the rules that are asked (order, decision, guard, judgement) are the
product's own. The one moment in which a site may be mixed is named in facts 6.1: between the first and the last confirm.
"""

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.examples import examples

from siteauto.core.change.transaction import (
    Decision,
    Pace,
    Participant,
    State,
    deadline_of,
    decide,
    make_order,
    may_confirm,
    move,
)
from siteauto.core.models import DeviceName
from siteauto.core.platform_spec import Timer
from siteauto.testing.fakes import START

PATHS = {"fw": (), "core": ("fw",), "acc1": ("fw", "core"), "acc2": ("fw", "core")}
GRACE = timedelta(seconds=120)  # when every timer that was set for the deadline has surely fired


@dataclass
class Box:
    """`live` is what it runs, `kept` what a power cut would bring back; `fires`: when it undoes what is live."""

    timed: bool
    live: str = "old"
    kept: str = "old"
    fires: object = None

    @property
    def settled(self):
        return self.fires is None


class Protocol(RuleBasedStateMachine):
    """siteauto, which may die between any two steps, and the boxes, which go on without it."""

    @initialize(timerless=st.sampled_from(["", "fw", "acc2"]))
    def begin(self, timerless):
        self.now, self.pace = START, Pace()
        self.boxes = {name: Box(timed=name != timerless) for name in PATHS}
        kinds = {True: Timer(kind="native"), False: Timer(kind="none")}
        order = make_order(
            Participant(device=DeviceName(name), path=tuple(map(DeviceName, path)), timer=kinds[self.boxes[name].timed])
            for name, path in PATHS.items()
        )
        self.groups, self.last = [*order.timed, *order.last], {name for group in order.last for name in group}
        self.journal, self.alive = [], True
        self.states = dict.fromkeys(PATHS, State.STAGED)
        self.deadline = deadline_of(self.now, self.pace)

    # ── the world ──

    @rule(seconds=st.sampled_from([1, 20, 200, 700]))
    def time_goes_by(self, seconds):
        self.now += timedelta(seconds=seconds)
        for box in self.boxes.values():
            if box.fires is not None and self.now >= box.fires:
                box.live, box.fires = box.kept, None

    @precondition(lambda self: self.alive)
    @rule()
    def siteauto_dies(self):
        self.alive = False

    @rule(name=st.sampled_from(sorted(PATHS)))
    def power_fails(self, name):
        box = self.boxes[name]
        if box.timed:
            box.live, box.fires = box.kept, None

    # ── siteauto ──

    def _decided(self):
        return next((one for one in self.journal if isinstance(one, Decision)), None)

    def _next(self, state):
        return next((name for group in self.groups for name in group if self.states[name] is state), None)

    @precondition(lambda self: self.alive and self._decided() is None and self._next(State.STAGED))
    @rule()
    def arm(self):
        name = self._next(State.STAGED)
        box = self.boxes[name]
        everything = all(self.states[other] is State.VERIFIED for other in PATHS if self.boxes[other].timed)
        if not box.timed and not (everything and may_confirm(now=self.now, deadline=self.deadline, pace=self.pace)):
            return
        self.journal.append(("intent", name))
        box.live = "new"
        box.fires = max(self.deadline, self.now + timedelta(seconds=60)) if box.timed else None
        box.kept = box.kept if box.timed else "new"
        self.states[name] = move(State.STAGED, State.ARMED)

    @precondition(lambda self: self.alive and self._decided() is None and self._next(State.ARMED))
    @rule()
    def verify(self):
        name = self._next(State.ARMED)
        box = self.boxes[name]
        seen = box.live == "new" and (box.fires is not None or not box.timed)
        self.states[name] = move(State.ARMED, State.VERIFIED if seen else State.FAILED)

    @precondition(lambda self: self.alive and self._decided() is None and self._next(State.STAGED) is None)
    @rule()
    def commit_or_abort(self):
        in_time = may_confirm(now=self.now, deadline=self.deadline, pace=self.pace)
        self.journal.append(decide(self.states) if in_time else Decision.ABORT)

    @precondition(lambda self: self.alive and self._decided() is Decision.COMMIT and self._next(State.VERIFIED))
    @rule()
    def confirm(self):
        name = self._next(State.VERIFIED)
        box = self.boxes[name]
        if box.live == "new" and may_confirm(now=self.now, deadline=self.deadline, pace=self.pace):
            box.fires, box.kept = None, "new"
            self.states[name] = move(State.VERIFIED, State.CONFIRMED)

    def _resume(self):
        """A new process: the journal and the boxes are all that it has. It waits for timers, and is not killed."""
        begun = {one[1] for one in self.journal if isinstance(one, tuple)}
        last_new = bool(self.last) and all(name in begun and self.boxes[name].live == "new" for name in self.last)
        if self._decided() is None:
            self.journal.append(Decision.COMMIT if last_new else Decision.ABORT)
        for box in self.boxes.values():
            pending = box.fires is not None
            if self._decided() is Decision.COMMIT:
                box.live = box.kept = "new"  # confirmed while it was pending, armed and confirmed again when it was old
            elif pending or not box.timed:
                box.live = box.kept = "old"
            box.fires = None

    @precondition(lambda self: not self.alive)
    @rule()
    def somebody_resumes(self):
        self._resume()
        assert len({box.live for box in self.boxes.values()}) == 1
        assert all(box.kept == box.live for box in self.boxes.values())
        assert {box.live for box in self.boxes.values()} == {"new" if self._decided() is Decision.COMMIT else "old"}
        self.begin("")

    # ── what holds at every moment ──

    @invariant()
    def mixed_only_between_the_first_and_the_last_confirm(self):
        """Whoever waits for the deadline finds a site that is whole, unless a confirm was sent and another was not."""
        after = {box.live if box.settled else box.kept for box in self.boxes.values()}
        if len(after) == 1:
            return
        decided = self._decided() is Decision.COMMIT
        own_commit = any(self.boxes[name].live == "new" for name in self.last)  # the decision that nobody wrote
        assert decided or own_commit

    @invariant()
    def nothing_is_kept_before_it_is_decided(self):
        if self._decided() is not Decision.COMMIT:
            assert all(box.kept == "old" for box in self.boxes.values() if box.timed)


TestProtocol = Protocol.TestCase
TestProtocol.settings = settings(max_examples=examples(150), stateful_step_count=40, deadline=None)
