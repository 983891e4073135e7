"""What the box's read-only programs print. `source` says where the form of each was seen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address

from siteauto.lab.devices.openwrt.answers_links import ip
from siteauto.lab.devices.openwrt.box import Box
from siteauto.lab.devices.openwrt.factory import RELEASE, REVISION
from siteauto.lab.devices.openwrt.firewall import ruleset
from siteauto.lab.devices.openwrt.network import CHANNELS
from siteauto.lab.devices.openwrt.sections import sections
from siteauto.lab.state import NTP
from siteauto.lab.world_view import LldpNeighbour

Program = Callable[[Box, Sequence[str]], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Commands of the written grammar, as people write them, and where their form comes from.

    `run` answers the program that they begin with; None: the shell does that itself.
    """

    commands: tuple[str, ...]
    source: str
    run: Program | None = None


# ── on air ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _iwinfo(box: Box, _: Sequence[str]) -> Iterator[str]:
    for air in box.network.on_air():
        channel, frequency = CHANNELS[air.band]
        yield f'{air.interface:<9} ESSID: "{air.ssid}"'
        yield f"          Access Point: {box.label_mac.upper()}"
        yield f"          Mode: Master  Channel: {channel} ({frequency} GHz)  HT Mode: HE20"
        yield "          Center Channel 1: unknown 2: unknown"
        yield "          Tx-Power: 20 dBm  Link Quality: unknown/70"
        yield "          Signal: unknown  Noise: -90 dBm"
        yield "          Bit Rate: unknown"
        yield f"          Encryption: {air.encryption}"
        yield "          Type: nl80211  HW Mode(s): 802.11ax/b/g/n"
        yield "          Hardware: embedded [MediaTek MT7915E]"
        yield "          TX power offset: none"
        yield "          Frequency offset: none"
        yield f"          Supports VAPs: yes  PHY name: {air.interface.partition('-')[0]}"
        yield ""


def _iw(box: Box, words: Sequence[str]) -> Iterator[str]:
    """`iw dev`: what the kernel has made of each radio, in the order of nl80211."""
    if list(words) != ["dev"]:
        yield "Usage:\tiw [options] command"
        return
    air = box.network.on_air()
    for phy in dict.fromkeys(one.interface.partition("-")[0] for one in air):
        yield f"phy#{phy.removeprefix('phy')}"
        for number, one in enumerate(one for one in air if one.interface.startswith(f"{phy}-")):
            channel, megahertz = CHANNELS[one.band][0], round(float(CHANNELS[one.band][1]) * 1000)
            yield f"\tInterface {one.interface}"
            yield f"\t\tifindex {10 + number}"
            yield f"\t\twdev 0x{int(phy.removeprefix('phy')):x}{number + 2:08x}"
            yield f"\t\taddr {box.label_mac}"
            yield f"\t\tssid {one.ssid}"
            yield "\t\ttype AP"
            yield f"\t\tchannel {channel} ({megahertz} MHz), width: 20 MHz, center1: {megahertz} MHz"
            yield "\t\ttxpower 20.00 dBm"


# ── neighbours, time, pings ──────────────────────────────────────────────────────────────────────────────────────────

_CAPABILITIES = {"bridge": "Bridge", "router": "Router", "wlan-ap": "Wlan", "telephone": "Tel", "station": "Station"}


def _lldpcli(box: Box, words: Sequence[str]) -> Iterator[str]:
    if list(words) != ["-f", "keyvalue", "show", "neighbors"]:
        yield "[WARN/lldpctl] unknown command from argument 1: `" + " ".join(words) + "`"
        return
    for number, one in enumerate(box.world.neighbours(box.spec.name), 1):
        yield from _neighbour(number, one)


def _neighbour(number: int, one: LldpNeighbour) -> Iterator[str]:
    at = f"lldp.{one.port}"
    yield f"{at}.via=LLDP"
    yield f"{at}.rid={number}"
    yield f"{at}.age=0 day, 00:03:12"
    yield f"{at}.chassis.mac={one.device.base_mac}"
    yield f"{at}.chassis.name={one.device.hostname}"
    yield f"{at}.chassis.descr={one.device.system_description.splitlines()[0]}"
    if one.management_address is not None:
        yield f"{at}.chassis.mgmt-ip={one.management_address}"
    for word in one.device.capabilities:
        yield f"{at}.chassis.{_CAPABILITIES.get(word, 'Other')}.enabled=on"
    yield f"{at}.port.ifname={one.far_port.name}"
    yield f"{at}.port.descr={one.far_port.description or one.far_port.name}"
    yield f"{at}.port.ttl=120"


def _chronyc(box: Box, words: Sequence[str]) -> Iterator[str]:
    if list(words) != ["-n", "tracking"]:
        yield "Unrecognized command"
        return
    servers = [one.get("hostname") for one in sections(box.running, "chrony", "server")]
    reached = next((one for one in servers if _is_address(one) and _answers(box, one)), "")
    reference = "".join(f"{byte:02X}" for byte in IPv4Address(reached).packed) if reached else "00000000"
    yield f"Reference ID    : {reference} ({reached})"
    yield f"Stratum         : {3 if reached else 0}"
    yield f"Ref time (UTC)  : {box.world.now():%a %b %d %H:%M:%S %Y}"
    yield "System time     : 0.000012043 seconds slow of NTP time"
    yield "Last offset     : -0.000008121 seconds"
    yield "RMS offset      : 0.000030412 seconds"
    yield "Frequency       : 4.112 ppm fast"
    yield "Residual freq   : -0.001 ppm"
    yield "Skew            : 0.083 ppm"
    yield "Root delay      : 0.012840117 seconds"
    yield "Root dispersion : 0.001330426 seconds"
    yield "Update interval : 64.4 seconds"
    yield f"Leap status     : {'Normal' if reached else 'Not synchronised'}"


def _answers(box: Box, server: str) -> bool:
    return box.world.reaches(box.spec.name, IPv4Address(server), NTP)


def _is_address(text: str) -> bool:
    return text.count(".") == 3 and all(part.isdigit() and int(part) < 256 for part in text.split("."))


def _ping(box: Box, words: Sequence[str]) -> Iterator[str]:
    count = next((int(words[at + 1]) for at, word in enumerate(words) if word == "-c"), 4)
    target = words[-1] if words and _is_address(words[-1]) else ""
    if not target:
        yield f"ping: bad address '{words[-1] if words else ''}'"
        return
    back = count if box.world.ping(box.spec.name, IPv4Address(target)) else 0
    yield f"PING {target} ({target}): 56 data bytes"
    for number in range(back):
        yield f"64 bytes from {target}: seq={number} ttl=62 time=1.{number}42 ms"
    yield ""
    yield f"--- {target} ping statistics ---"
    yield f"{count} packets transmitted, {back} packets received, {100 - 100 * back // count}% packet loss"
    if back:
        yield "round-trip min/avg/max = 1.042/1.242/1.442 ms"


# ── the box ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _logread(box: Box, words: Sequence[str]) -> Iterator[str]:
    lines = list(box.log)
    yield from lines[-int(words[1]) :] if len(words) == 2 and words[0] == "-l" else lines


def _date(box: Box, _: Sequence[str]) -> Iterator[str]:
    yield f"{box.world.now():%a %b %e %H:%M:%S UTC %Y}"


def _df(box: Box, words: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    """Of the overlay, for the flash is mounted there."""
    yield "Filesystem           1K-blocks      Used Available Use% Mounted on"
    if box.world.flash_is_full(box.spec.name):
        yield "overlayfs:/overlay       12416     12416         0 100% /overlay"
    else:
        yield "overlayfs:/overlay       12416      3572      8844  29% /overlay"


def _cat(box: Box, words: Sequence[str]) -> Iterator[str]:
    files: Mapping[str, Sequence[str]] = {
        "/etc/openwrt_release": (
            "DISTRIB_ID='OpenWrt'",
            f"DISTRIB_RELEASE='{RELEASE}'",
            f"DISTRIB_REVISION='{REVISION}'",
            f"DISTRIB_TARGET='{box.board.target}'",
        ),
        "/tmp/sysinfo/board_name": (box.board.board,),  # noqa: S108
        "/tmp/sysinfo/model": (box.board.title,),  # noqa: S108
        "/proc/uptime": (f"{(box.world.now() - box.booted).total_seconds():.2f} 0.00",),
    }
    for word in words:
        yield from files.get(word, (f"cat: can't open '{word}': No such file or directory",))


def _nft(box: Box, words: Sequence[str]) -> Iterator[str]:
    if list(words) == ["list", "table", "inet", "fw4"]:
        yield from ruleset(box.network.firewall)
    else:
        yield "Error: syntax error, unexpected end of file"


def _label_mac(box: Box, _: Sequence[str]) -> Iterator[str]:
    yield box.label_mac


_FOLDERS = {
    "rpcd": "/sbin",
    "uci": "/sbin",
    "ubus": "/bin",
    "lldpd": "/usr/sbin",
    "lldpcli": "/usr/sbin",
    "chronyd": "/usr/sbin",
    "chronyc": "/usr/bin",
    "dnsmasq": "/usr/sbin",
    "nft": "/usr/sbin",
    "iw": "/usr/sbin",
    "iwinfo": "/usr/bin",
}


def _which(_: Box, words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word in _FOLDERS:
            yield f"{_FOLDERS[word]}/{word}"


BUSYBOX = "manual: seen in BusyBox 1.35 of Debian"
ANSWERS: tuple[Answer, ...] = (
    Answer(
        commands=("ip link show", "ip address show", "ip -4 route show"),
        source=f"{BUSYBOX}; names of DSA ports as published",
        run=ip,
    ),
    Answer(commands=("iwinfo",), source="manual: openwrt/iwinfo, iwinfo_cli.c; openwrt/luci issue 7482", run=_iwinfo),
    Answer(commands=("iw dev",), source="manual: iw, interface.c; outputs as published", run=_iw),
    Answer(
        commands=("lldpcli -f keyvalue show neighbors",), source="manual: outputs of lldpd, as published", run=_lldpcli
    ),
    Answer(commands=("chronyc -n tracking",), source="manual: outputs of chrony, as published", run=_chronyc),
    Answer(
        commands=("nft list table inet fw4",),
        source="manual: what the real firewall4 makes of the router's rules; its own lines are left out",
        run=_nft,
    ),
    Answer(commands=("ping -c N -W N A.B.C.D",), source=BUSYBOX, run=_ping),
    Answer(commands=("logread", "logread -l N"), source="guess: which lines a box logs", run=_logread),
    Answer(commands=("df -k /overlay",), source="manual: BusyBox, coreutils/df.c", run=_df),
    Answer(commands=("date",), source=BUSYBOX, run=_date),
    Answer(commands=("cat FILE",), source="guess: the values in the files", run=_cat),
    Answer(commands=("get_mac_label",), source="manual: base-files, lib/functions/system.sh", run=_label_mac),
    Answer(commands=("which PROGRAM",), source=BUSYBOX, run=_which),
)
_VERBS = "set add add_list del_list delete rename reorder commit export show get changes"
SPOKEN: tuple[Answer, ...] = (
    Answer(
        commands=tuple(f"uci {verb}" for verb in _VERBS.split()),
        source="manual: openwrt/uci, cli.c; changes name sections as they were typed",
    ),
    Answer(commands=("ubus call system board", "ubus call system info"), source="manual: outputs as published"),
    Answer(
        commands=tuple(f"ubus call session {method}" for method in ("create", "grant", "list", "destroy")),
        source="manual: openwrt/rpcd, session.c",
    ),
    Answer(
        commands=tuple(f"ubus call uci {method}" for method in ("changes", "apply", "confirm", "rollback", "configs")),
        source="manual: openwrt/rpcd, uci.c",
    ),
    Answer(
        commands=("ubus call network.device status",),
        source="manual: openwrt/netifd, bridge.c; other fields are left out",
    ),
    Answer(commands=("passwd root",), source="manual: BusyBox, loginutils/passwd.c"),
    Answer(commands=("start-stop-daemon -S -b",), source=BUSYBOX),
)
PROGRAMS: Mapping[str, Program] = {one.commands[0].split()[0]: one.run for one in ANSWERS if one.run is not None}


def run_program(box: Box, words: Sequence[str]) -> str | None:
    """What a program prints; None: there is none of that name."""
    program = PROGRAMS.get(words[0])
    return None if program is None else "".join(f"{line}\n" for line in program(box, words[1:]))
