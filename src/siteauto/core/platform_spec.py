"""The shape of a platform file: one frozen value that says all siteauto knows of an operating system.

A platform names a parser; an adapter runs it. Nothing here does anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from siteauto.core.backup_rules import BackupRules as BackupRules  # noqa: PLC0414 - platform files take it from here
from siteauto.core.config.rules import ConfigRules
from siteauto.core.models import PlatformName, Role
from siteauto.core.push_method import Candidate as Candidate  # noqa: PLC0414 - and these
from siteauto.core.push_method import Lines as Lines  # noqa: PLC0414
from siteauto.core.push_method import PushMethod as PushMethod  # noqa: PLC0414
from siteauto.core.push_method import PushStep as PushStep  # noqa: PLC0414
from siteauto.core.push_method import Step as Step  # noqa: PLC0414
from siteauto.core.push_method import Timer as Timer  # noqa: PLC0414
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
    feed power, `optics` those that the box does not list while no transceiver is in them. `gateway` is what a firewall
    calls the interface of a VLAN, by its {vlan} number and its {role}.
    """

    model: str
    roles: tuple[Role, ...]
    ports: tuple[str, ...]
    uplinks: tuple[str, ...] = ()
    wan: tuple[str, ...] = ()
    poe: tuple[str, ...] = ()
    optics: tuple[str, ...] = ()
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


# ── risks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


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

    `failures`: patterns in any answer to a configuration command that mean the device did not take it. `passing`: those
    among them that pass by themselves, and what to do until then.
    `read_only`: patterns of whole commands that may be sent outside a push; anything else is refused.
    `prompt`: pattern of the last line when the device waits for a command.
    `in_text`: pattern of the last line when it waits for the rest of a text of several lines.
    `interruptions`: patterns of messages that the device prints into a session by itself, line end and all.
    `pager`: pattern of what it prints at the end of a page, where its paging cannot be switched off: Space is pressed.
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
    passing: Mapping[str, str] = field(default_factory=dict)
    read_only: tuple[str, ...] = ()
    prompt: str = r"^[\w.-]+ ?(?:\([^)\n]*\) ?)?[#>$] ?$"
    in_text: str = r"^> ?$"
    interruptions: tuple[str, ...] = ()
    pager: str = ""
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
