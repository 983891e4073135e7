"""What is asked of the live network, and how each question ended.

Every check that was planned ends in exactly one status, and the totals of a report add up to the checks planned.
Nothing passes because nothing was looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from siteauto.core.models import DeviceName
from siteauto.core.readings import Reading
from siteauto.core.run import worst_exit_code


class Status(StrEnum):
    """How a check ended. `fail`: the network is wrong. `error`: we could not tell."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    ERROR = "error"
    UNREACHABLE = "unreachable"
    UNSUPPORTED = "unsupported"
    WAIVED = "waived"


UNTOLD = 4  # nobody could tell
EXIT_CODES: Mapping[Status, int] = MappingProxyType(
    {
        Status.PASS: 0,
        Status.WAIVED: 0,
        Status.FAIL: 3,
        Status.ERROR: UNTOLD,
        Status.UNREACHABLE: UNTOLD,
        Status.UNSUPPORTED: UNTOLD,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of check.

    `probe` is the name under which a platform file declares the probe (its `checks`); empty: the session itself
    answers (a login, the identity command, a fetched configuration), so every platform can. `words` are what the check
    fills into the probe's command. `may_be_empty`: an answer without a single row is an answer (no neighbour at all)
    and fails the check; elsewhere it means that we could not read it, and is an error.
    """

    name: str
    title: str
    probe: str = ""
    words: tuple[str, ...] = ()
    may_be_empty: bool = False


# What a probe of the same name returns:
#   interfaces     InterfaceReading per physical port, full names; mode and vlan where the platform has switch ports
#   vlans          VlanReading per VLAN, without those that the box creates by itself (1, 1002-1005)
#   trunks         TrunkReading per working trunk; none when nothing trunks
#   neighbours     NeighbourReading per LLDP neighbour; none when nobody is seen
#   routes         RouteReading per route of the table that forwards; 0.0.0.0/0 is the default route
#   ping           PingReading, one; the command holds {target}
#   clock          ClockReading, one
#   ssids          SsidReading per WLAN of the controller
#   ssid_policy    SsidReading, one, with `vlan`; the command holds {profile}, the SSID's profile name
#   access_points  AccessPointReading per joined access point; none when none has joined
#   policies       PolicyReading per rule, in the order in which they match
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(name="reachable", title="Logs in"),
            Kind(name="identity", title="Is the box of the inventory"),
            Kind(name="running_intended", title="Running equals intended"),
            Kind(name="running_saved", title="Running equals startup"),
            Kind(name="interface", title="Interface", probe="interfaces"),
            Kind(name="vlan", title="VLAN", probe="vlans"),
            Kind(name="no_extra_vlans", title="No other VLANs", probe="vlans"),
            Kind(name="trunk", title="Trunk", probe="trunks", may_be_empty=True),
            Kind(name="neighbour", title="Cabling", probe="neighbours", may_be_empty=True),
            Kind(name="no_unexpected_neighbours", title="No unplanned network device", probe="neighbours"),
            Kind(name="default_route", title="Default route", probe="routes", may_be_empty=True),
            Kind(name="ping", title="Ping", probe="ping", words=("target",)),
            Kind(name="clock", title="Clock follows NTP", probe="clock"),
            Kind(name="ssid", title="SSID", probe="ssids", may_be_empty=True),
            Kind(name="ssid_vlan", title="SSID's VLAN", probe="ssid_policy", words=("profile",)),
            Kind(name="access_point", title="Access point joined", probe="access_points", may_be_empty=True),
            Kind(name="policy", title="Firewall policy", probe="policies", may_be_empty=True),
            Kind(name="policy_order", title="Order of the firewall policies", probe="policies", may_be_empty=True),
            Kind(name="default_deny", title="The last policy denies the rest", probe="policies", may_be_empty=True),
        )
    }
)

# What a change must not break: asked before it is confirmed. A clock needs minutes to follow a new server, an access
# point to join its controller, and startup is written only afterwards.
GATE_KINDS = frozenset(KINDS) - {"clock", "running_saved", "access_point"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question to one device.

    `subject` reads on from the device's name: "VLAN 10 corp". `expected` is what the device should say, in the values
    in which it is read; `expected_text` says it in words. `next_step` is what to do where it is not so.
    `fill` are the words of the probe's command. `unsupported` is why nobody can ask, known when the check is planned.
    """

    device: DeviceName
    kind: str
    subject: str
    expected_text: str
    expected: tuple[Reading, ...] = ()
    fill: tuple[tuple[str, str], ...] = ()
    next_step: str = ""
    unsupported: str = ""

    @property
    def title(self) -> str:
        """The check as a person would name it: `us-nyc-mad01-sw2: VLAN 10 corp`."""
        return f"{self.device}: {self.subject}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """How one check ended. `problem` is what is wrong in a few words ("is down"); empty when nothing is.

    Where nobody could tell, `actual` is why.
    """

    check: Check
    status: Status
    expected: str
    actual: str
    problem: str = ""
    next_step: str = ""

    @property
    def message(self) -> str:
        """Subject, what was expected, what was found and the next step, in one line."""
        parts = [f"{self.check.title} {self.problem}".rstrip()]
        if EXIT_CODES[self.status] == UNTOLD:
            parts[0] += f": {self.actual.removeprefix(f'{self.check.device}: ')}"
        else:
            parts += [f"Expected: {self.expected}"] if self.problem else []
            parts.append(f"Actual: {self.actual}")
        if self.next_step:
            parts.append(self.next_step)
        return " ".join(part.rstrip(".") + "." for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All checks of a run, in the order in which they were planned."""

    results: tuple[CheckResult, ...]
    totals: Mapping[Status, int] = field(init=False)

    def __post_init__(self) -> None:
        counted = dict.fromkeys(Status, 0)
        for result in self.results:
            counted[result.status] += 1
        object.__setattr__(self, "totals", MappingProxyType(counted))

    @property
    def exit_code(self) -> int:
        """0 only when everything planned passed or is waived; 3 failed; 4 not tested, for whatever reason."""
        return worst_exit_code(EXIT_CODES[result.status] for result in self.results)

    @property
    def ok(self) -> bool:
        """Whether all that was planned passed or is waived."""
        return self.exit_code == 0

    def of(self, status: Status) -> tuple[CheckResult, ...]:
        """The results with this status."""
        return tuple(result for result in self.results if result.status is status)


def select_checks(checks: Sequence[Check], kinds: frozenset[str]) -> tuple[Check, ...]:
    """The checks of these kinds."""
    return tuple(check for check in checks if check.kind in kinds)
