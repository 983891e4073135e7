"""What the box says of its time servers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address

from siteauto.lab.devices.cisco_ios.answer import Answer, Arguments, lines
from siteauto.lab.devices.cisco_ios.printing import local_time
from siteauto.lab.devices.cisco_ios.view import View
from siteauto.lab.state import NTP

NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
SERVER_STRATUM = 2
POLL = 64
LAST_UPDATE = timedelta(seconds=17)
_MEASURED = ("0.4375", "1.14", "12.55", "1.20")  # nobody measures here: a healthy box's figures
_UNMEASURED = ("0.0000", "0.00", "0.00", "0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeServer:
    """A server of the configuration, and whether it answers."""

    address: IPv4Address
    preferred: bool
    answers: bool


def time_servers(view: View) -> Iterator[TimeServer]:
    """The servers in the order of the configuration."""
    for rest, _ in lines(view.running.children, "ntp server"):
        address, *options = rest.split()
        if address[0].isdigit():
            target = IPv4Address(address)
            yield TimeServer(
                address=target, preferred="prefer" in options, answers=view.world.reaches(view.name, target, NTP)
            )


def system_peer(view: View) -> TimeServer | None:
    """The server that the clock follows: the preferred one of those that answer."""
    answering = [server for server in time_servers(view) if server.answers]
    return next((server for server in answering if server.preferred), answering[0] if answering else None)


def is_synchronised(view: View) -> bool:
    """Whether the clock follows a server."""
    return system_peer(view) is not None


def status(view: View, _: Arguments) -> str:
    """`show ntp status`."""
    if not list(time_servers(view)):
        return "%NTP is not enabled."
    peer = system_peer(view)
    uptime = int((view.now - view.booted).total_seconds() * 100)
    if peer is None:
        return _status("unsynchronized, stratum 16, no reference clock", uptime, (".FREQ.", "never"), NTP_EPOCH, view)
    reference = f"synchronized, stratum {SERVER_STRATUM + 1}, reference is {peer.address}"
    ago = f"{int(LAST_UPDATE.total_seconds())} sec ago"
    return _status(f"{reference:<55}", uptime, ("'CTRL' (Normal Controlled Loop)", ago), view.now - LAST_UPDATE, view)


def _status(reference: str, uptime: int, loop: tuple[str, str], updated: datetime, view: View) -> str:
    follows = loop[0].startswith("'CTRL'")
    offset, delay, dispersion, peer_dispersion = _MEASURED if follows else _UNMEASURED
    state = loop[0] if follows else "'NSET' (Never set)"
    return "\n".join(
        (
            f"Clock is {reference}",
            "nominal freq is 250.0000 Hz, actual freq is 250.0000 Hz, precision is 2**10",
            f"ntp uptime is {uptime} (1/100 of seconds), resolution is 4000",
            f"reference time is {_timestamp(updated, view)}",
            f"clock offset is {offset} msec, root delay is {delay} msec",
            f"root dispersion is {dispersion} msec, peer dispersion is {peer_dispersion} msec",
            f"loopfilter state is {state}, drift is 0.000000000 s/s",
            f"system poll interval is {POLL}, last update was {loop[1]}.",
        )
    )


def _timestamp(moment: datetime, view: View) -> str:
    seconds, fraction = divmod((moment - NTP_EPOCH) / timedelta(seconds=1), 1)
    local = local_time(view, moment) if seconds else moment
    day = f"{local:%a %b} {local.day} {local.year}"
    written = f"({local:%H:%M:%S}.{local.microsecond // 1000:03} {local.tzname()} {day})"
    return f"{int(seconds):08X}.{int(fraction * 2**32):08X} {written}"


def associations(view: View, _: Arguments) -> str:
    """`show ntp associations`."""
    peer = system_peer(view)
    rows = ["", "  address         ref clock       st   when   poll reach  delay  offset   disp"]
    for server in time_servers(view):
        mark = "*" if peer is not None and server.address == peer.address else "+" if server.answers else " "
        answer = f"{'.GPS.':<15}{1 + 1:>3}{17:>7}{POLL:>7}{377:>6}  1.140   0.437  1.204"
        silence = f"{'.INIT.':<15}{16:>3}{'-':>7}{POLL:>7}{0:>6}  0.000   0.000 15937."
        rows.append(f"{mark}~{server.address!s:<16}{answer if server.answers else silence}")
    rows.append(" * sys.peer, # selected, + candidate, - outlyer, x falseticker, ~ configured")
    return "\n".join(rows)


ANSWERS = (
    Answer(
        commands=("show ntp status",),
        text=status,
        source="manual genieparser ShowNtpStatus golden output; no recording among the captures",
    ),
    Answer(
        commands=("show ntp associations",),
        text=associations,
        source="recording napalm/ios/mocked_data/test_get_ntp_stats/normal/show_ntp_associations.txt",
    ),
)
