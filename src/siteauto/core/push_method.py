"""How a change is made on a platform: the steps, and the timer that undoes it."""

from dataclasses import dataclass

from siteauto.core.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command of a push. `send` may hold {words} of the transaction (file, minutes, duration, token, when, …).

    {password} is the reference of the site's own login; its value is put in as the line leaves. `expect`: a pattern the
    answer must hold; `needs` says it in words, for the person whom it stops. `answers`: (prompt pattern, what to type)
    for questions of the device. `capture`: a pattern whose named groups become {words} for later steps; those named in
    `secret` are encrypted in the journal and shown to nobody. `room` names a captured group that holds free bytes: the
    candidate must fit, `room_unit` times as many. `advice`: in a preflight, an answer that is not as expected is told
    and stops nothing. `disconnects`: the session may end here. `gone`: a pattern of the answer that what is to be
    removed is not there.
    """

    send: str
    expect: str = ""
    needs: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    capture: str = ""
    secret: tuple[str, ...] = ()
    room: str = ""
    room_unit: int = 1
    advice: bool = False
    disconnects: bool = False
    gone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The place among the steps where the change's own lines are typed, in configuration mode if there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The place where the staged candidate, in an undo the snapshot, is loaded: it goes with its session (Junos)."""


PushStep = Step | Lines | Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """The timed undo of a platform. Times in seconds.

    `kind`: native (the device has commit-confirm), emulated (built from other features), none. `revert_effect`: live,
    reload or reboot.
    """

    kind: str
    unit: int = 60
    minimum: int = 60
    maximum: int = 7200
    revert_effect: str = "live"
    revert_seconds: int = 0  # how long the box is away when it reverts
    foreign_commit_confirms: bool = False
    reboot_in_window: str = "reverts"  # reverts | keeps | unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class PushMethod:
    """How a change is made on a platform, for the roles that it names.

    A box is changed by the first method of its role whose `suits` it answers as expected, all of them; `name` tells the
    methods of a role apart. `mode`: replace (the whole rendered configuration becomes the candidate) or merge
    (our remediation does). `staged_by`: driver (the driver's load and compare) or none (no candidate on the device; the
    plan's diff stands alone). `candidate` names the candidate on the device, a file or a session; {token} is the
    transaction's. `file_system` is where a candidate's file goes (empty: the driver finds out). `local_login` is a
    pattern of the line that lets the local login in where no AAA server answers. `unasked` is what no command of the
    platform tells before a change, for whoever reads the run's record.

    The steps, in their order: `preflight` only asks, and every device is asked before any is touched; `prepare` makes
    what the undo needs; `rehearsal` types the lines where they have no effect, so that what the device refuses is known
    while nothing is armed, and `rehearsal_end` closes, in the same session, what a refusal left open; `staged` prints
    there what the device would then run, which must be as planned. `arm` makes the change live under the timer;
    `pending` reads whether the timer runs (`pending_pattern` may hold {words}, to know our own), or, without
    `sees_timer`, whether the box runs what it did not boot from: somebody's save hides the timer then, so that
    `confirm` is sent in any case and must be harmless where none runs; `confirm` stops it; `save` writes to startup
    (empty: the platform saves by itself); `revert` undoes at once; `restore` types the old lines back where a change
    stays although no timer runs (a reboot in the window); `disarm` ends a timer, started by the first step of `arm`,
    under which the device took none of the lines; `cleanup` removes what staging left. With `holds_session` the session
    that arms stays open until the transaction has ended: some software undoes the change when that session goes.
    `settle`: seconds after `arm` in which the box has not yet taken up everything. `at_once`: all of the change goes
    live by the last command of `arm`, which the device ends by itself when its session is lost.
    """

    roles: tuple[Role, ...]
    mode: str
    staged_by: str
    timer: Timer
    name: str = ""
    suits: tuple[Step, ...] = ()
    preflight: tuple[Step, ...] = ()
    prepare: tuple[Step, ...] = ()
    local_login: str = ""
    unasked: tuple[str, ...] = ()
    rehearsal: tuple[PushStep, ...] = ()
    rehearsal_end: tuple[Step, ...] = ()
    staged: Step | None = None
    arm: tuple[PushStep, ...] = ()
    holds_session: bool = False
    pending: Step | None = None
    pending_pattern: str = ""
    sees_timer: bool = True
    confirm: tuple[Step, ...] = ()
    save: tuple[Step, ...] = ()
    revert: tuple[PushStep, ...] = ()
    restore: tuple[PushStep, ...] = ()
    disarm: tuple[Step, ...] = ()
    settle: float = 0.0
    at_once: bool = False
    cleanup: tuple[Step, ...] = ()
    file_system: str = ""
    candidate: str = "siteauto-{token}.cfg"
    identity_lines: tuple[str, ...] = ()

    def path(self, file: str) -> str:
        """Where the device keeps a candidate of this name."""
        return f"{self.file_system}/{file}" if self.file_system else file

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every command that it may send."""
        pending = (self.pending,) if self.pending is not None else ()
        asked = (*self.suits, *self.preflight, *pending)
        made = (*self.prepare, *self.rehearsal, *self.rehearsal_end, *self.arm)
        ended = (*self.confirm, *self.save, *self.revert, *self.disarm, *self.cleanup)
        return tuple(step for step in (*asked, *made, *ended) if isinstance(step, Step))

    @property
    def secrets(self) -> frozenset[str]:
        """The {words} that nobody may see."""
        return frozenset(name for step in self.steps for name in step.secret)
