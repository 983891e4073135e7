"""The shape of a platform file: one frozen value that says all siteauto knows of an operating system.

A platform names a parser; an adapter runs it. Nothing here does anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from siteauto.core.backup_rules import BackupRules as BackupRules  # noqa: PLC0414 - platform files take it from here
from siteauto.core.config.rules import ConfigRules
from siteauto.core.models import PlatformName, Role
from siteauto.core.radios import Radio
from siteauto.core.readings import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherNames:
    """What other tools call the platform. None: they do not know it."""

    netmiko: str
    napalm: str | None = None
    ntc_templates: str | None = None
    ansible_network_os: str | None = None
    oxidized: tuple[str, ...] = ()  # its models, in lower case
    rancid: tuple[str, ...] = ()  # its types


GATEWAY_NAMING = "vl{vlan}-{role}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """A model of box: the ports it has, in the order of the front plate, by their full names.

    `uplinks` are the ports that archetypes wire to other network devices, `wan` those for circuits, `poe` those that
    feed power. `gateway` is what a firewall calls the interface of a VLAN, by its {vlan} number and its {role}.
    """

    model: str
    roles: tuple[Role, ...]
    ports: tuple[str, ...]
    uplinks: tuple[str, ...] = ()
    wan: tuple[str, ...] = ()
    poe: tuple[str, ...] = ()
    radios: tuple[Radio, ...] = ()
    serial_pattern: str = r"\w{8,}"
    reported: str = ""  # what the box calls itself, where that is not the model's name
    gateway: str = GATEWAY_NAMING


# ── parsers that a platform may name ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Ntc:
    """ntc-templates' own template for the command (looked up under the platform's ntc-templates name)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFsm:
    """A TextFSM template written in the platform file, where ntc-templates has none."""

    template: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Getter:
    """A NAPALM getter; `Probe.command` is then its name, e.g. get_lldp_neighbors_detail."""


Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """How a platform answers one kind of question: a read-only command, its parser, and rows -> readings.

    `command` may hold {words} that the check fills in, such as {target} of a ping. `rejected` are patterns of an answer
    that means "this box cannot tell" (result: unsupported).
    """

    command: str
    parser: Ntc | TextFsm | Getter
    read: Callable[[Sequence[Row]], tuple[Reading, ...]]
    rejected: tuple[str, ...] = ()


# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command of a push. `send` may hold {words} of the transaction (file, minutes, duration, token, when, …).

    {password} is the reference of the site's own login; its value is put in as the line leaves. `expect`: a pattern the
    answer must hold; `needs` says it in words, for the person whom it stops. `answers`: (prompt pattern, what to type)
    for questions of the device. `capture`: a pattern whose named groups become {words} for later steps; those named in
    `secret` are encrypted in the journal and shown to nobody. `room` names a captured group that holds free bytes: the
    candidate must fit. `advice`: in a preflight, an answer that is not as expected is told and stops nothing.
    `disconnects`: the session may end here.
    """

    send: str
    expect: str = ""
    needs: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    capture: str = ""
    secret: tuple[str, ...] = ()
    room: str = ""
    advice: bool = False
    disconnects: bool = False


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
    pattern of the line that lets the local login in where no AAA server answers.

    The steps, in their order: `preflight` only asks, and every device is asked before any is touched; `prepare` makes
    what the undo needs; `rehearsal` types the lines where they have no effect, so that what the device refuses is known
    while nothing is armed, and `rehearsal_end` closes, in the same session, what a refusal left open; `staged` prints
    there what the device would then run, which must be as planned. `arm` makes the change live under the timer;
    `pending` reads whether the timer runs (`pending_pattern` may hold {words}, to know our own); `confirm` stops it;
    `save` writes to startup (empty: the platform saves by itself); `revert` undoes at once; `restore` types the old
    lines back where a change stays although no timer runs (a reboot in the window); `cleanup` removes what staging
    left. With `holds_session` the session that arms stays open until the transaction has ended: some software undoes
    the change when that session goes.
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
    rehearsal: tuple[PushStep, ...] = ()
    rehearsal_end: tuple[Step, ...] = ()
    staged: Step | None = None
    arm: tuple[PushStep, ...] = ()
    holds_session: bool = False
    pending: Step | None = None
    pending_pattern: str = ""
    confirm: tuple[Step, ...] = ()
    save: tuple[Step, ...] = ()
    revert: tuple[PushStep, ...] = ()
    restore: tuple[PushStep, ...] = ()
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
        ended = (*self.confirm, *self.save, *self.revert, *self.cleanup)
        return tuple(step for step in (*asked, *made, *ended) if isinstance(step, Step))

    @property
    def secrets(self) -> frozenset[str]:
        """The {words} that nobody may see."""
        return frozenset(name for step in self.steps for name in step.secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRule:
    """Lines whose change is a risk of one kind (see `core.risk`).

    `pattern` is searched in a line with the headers that it stands under, `interface Vlan99 / shutdown`; {vlan} in it
    is the number of the management VLAN. `when` says which difference counts: any, gone (the device loses the line) or
    fewer (it loses some of the pattern's group `numbers`).
    """

    kind: str
    pattern: str
    when: str = "any"


# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Read-only commands whose answers name the box: patterns with the groups `model`, `serial` and `version`."""

    command: str
    model: str
    serial: str
    version: str
    also: tuple[str, ...] = ()  # further commands, where one does not tell everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a box takes the sessions of its transport: a port, and what guards it, TLS or (the usual) SSH."""

    port: int = 22
    tls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformSpec:
    """All that siteauto knows of one operating system.

    `failures`: patterns in any answer to a configuration command that mean the device did not take it.
    `read_only`: patterns of whole commands that may be sent outside a push; anything else is refused.
    `prompt`: pattern of the last line when the device waits for a command.
    `in_text`: pattern of the last line when it waits for the rest of a text of several lines.
    `interruptions`: patterns of messages that the device prints into a session by itself, line end and all.
    `risks`: what makes a change of this platform's lines dangerous.
    `administrator`: the one login that the system has, whatever the organisation calls its own.
    `checks`: kind of check -> probe. A check whose kind is missing is `unsupported`.
    `endpoint`: where a live box takes the transport's sessions; a lab has ports of its own.
    `describe_port`: what a person types at the console to describe a port, with {port} and {text}; the demo does.
    """

    name: PlatformName
    title: str
    names: OtherNames
    transport: str  # napalm (over a command line) | netmiko | eapi | netconf: see adapters/transports.py
    roles: tuple[Role, ...]
    hardware: tuple[Hardware, ...]
    config: ConfigRules
    identity: Identity
    backup: BackupRules
    push: tuple[PushMethod, ...] = ()
    failures: tuple[str, ...] = ()
    read_only: tuple[str, ...] = ()
    prompt: str = r"^[\w.-]+ ?(?:\([^)\n]*\) ?)?[#>$] ?$"
    in_text: str = r"^> ?$"
    interruptions: tuple[str, ...] = ()
    checks: Mapping[str, Probe] = field(default_factory=dict)
    risks: tuple[RiskRule, ...] = ()
    endpoint: Endpoint = Endpoint()
    describe_port: tuple[str, ...] = ()
    administrator: str = ""

    def push_methods(self, role: Role) -> tuple[PushMethod, ...]:
        """The ways to change a device of this role, the best first; none: unsupported for push."""
        return tuple(method for method in self.push if role in method.roles)

    def push_method(self, role: Role) -> PushMethod | None:
        """The best way to change a device of this role; None: unsupported for push."""
        return next(iter(self.push_methods(role)), None)

    def model_named(self, reported: str) -> str:
        """The model of a box that calls itself so."""
        return next((box.model for box in self.hardware if box.reported == reported), reported)

    def hardware_of(self, model: str) -> Hardware | None:
        """The ports of this model; None: the platform file does not know it."""
        return next((box for box in self.hardware if box.model == model), None)
