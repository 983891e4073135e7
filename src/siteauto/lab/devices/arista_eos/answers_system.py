"""What the box says of itself: version, name, configurations, clock, inventory, users."""

from datetime import datetime, timedelta
from ipaddress import IPv4Address
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from siteauto.lab.devices.arista_eos.answer import Answer, Arguments, Data
from siteauto.lab.devices.arista_eos.device_state import api_is_on
from siteauto.lab.devices.arista_eos.factory import BUILD_ID, IMAGE, INTERNAL_VERSION, SOFTWARE_VERSION
from siteauto.lab.devices.arista_eos.view import View, dotted, first, lines
from siteauto.lab.state import NTP

MEMORY_KB, FREE_KB = 3952948, 2261864
FLASH = 3_440_762_880
SERVERS_STRATUM = 2


def version(view: View, _: Arguments) -> str:
    """`show version`."""
    return (
        f"Arista {view.reported}\nHardware version:    11.02\nSerial number:       {view.serial}\n"
        f"Hardware MAC address: {dotted(view.base_mac)}\nSystem MAC address:  {dotted(view.base_mac)}\n\n"
        f"Software image version: {SOFTWARE_VERSION}\nArchitecture:           i686\n"
        f"Internal build version: {INTERNAL_VERSION}\nInternal build ID:      {BUILD_ID}\n"
        "Image format version:   3.0\nImage optimization:     Strata-4GB\n\n"
        f"Uptime:                 {_uptime(view.uptime)}\n"
        f"Total memory:           {MEMORY_KB} kB\nFree memory:            {FREE_KB} kB\n\n"
    )


def version_data(view: View, _: Arguments) -> Data:
    """`show version | json`."""
    return {
        "mfgName": "Arista",
        "modelName": view.reported,
        "hardwareRevision": "11.02",
        "serialNumber": view.serial,
        "systemMacAddress": view.base_mac,
        "hwMacAddress": view.base_mac,
        "configMacAddress": "00:00:00:00:00:00",
        "version": SOFTWARE_VERSION,
        "architecture": "i686",
        "internalVersion": INTERNAL_VERSION,
        "internalBuildId": BUILD_ID,
        "imageFormatVersion": "3.0",
        "imageOptimization": "Strata-4GB",
        "bootupTimestamp": view.booted.timestamp(),
        "uptime": view.uptime,
        "memTotal": MEMORY_KB,
        "memFree": FREE_KB,
        "isIntlVersion": False,
    }


def _uptime(seconds: float) -> str:
    minutes = int(seconds) // 60
    weeks, days, hours = minutes // 10080, minutes // 1440 % 7, minutes // 60 % 24
    parts = [f"{count} {word}" for count, word in ((weeks, "weeks"), (days, "days")) if count]
    return ", ".join((*parts, f"{hours} hours and {minutes % 60} minutes"))


def host_name(view: View, arguments: Arguments) -> str:
    """`show hostname`."""
    data = host_name_data(view, arguments)
    return f"Hostname: {data['hostname']}\nFQDN:     {data['fqdn']}\n"


def host_name_data(view: View, _: Arguments) -> Data:
    """`show hostname | json`."""
    domain = first(view.running.children, "dns domain")
    name = view.state.hostname
    return {"hostname": name, "fqdn": f"{name}.{domain}" if domain else name}


def running_config(view: View, _: Arguments) -> str:
    """`show running-config`."""
    return f"! Command: show running-config\n{_head(view)}{view.running_text}"


def startup_config(view: View, _: Arguments) -> str:
    """`show startup-config`."""
    if view.startup_saved is None:
        return ""
    saved = f"{_local(view, view.startup_saved):%a %b %e %H:%M:%S %Y} by {view.startup_user}"
    return (
        f"! Command: show startup-config\n! Startup-config last modified at {saved}\n{_head(view)}{view.startup_text}"
    )


def _head(view: View) -> str:
    return (
        f"! device: {view.state.hostname} ({view.reported.removesuffix('-F')}, EOS-{SOFTWARE_VERSION})\n!\n"
        f"! boot system {IMAGE}\n!\n"
    )


def _local(view: View, moment: datetime) -> datetime:
    return moment.astimezone(_zone(view))


def _zone(view: View) -> ZoneInfo:
    try:
        return ZoneInfo(first(view.running.children, "clock timezone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def flash(view: View, _: Arguments) -> str:
    """`dir flash:`."""
    image = IMAGE.rpartition("/")[2]
    saved = f"{_local(view, view.now):%b %d %H:%M}"
    rows = ((591_941_836, image), (29, "boot-config"), (len(view.startup_text), "startup-config"))
    listed = "".join(f"       -rwx{size:>12}           {saved}  {name}\n" for size, name in rows)
    used = sum(size for size, _ in rows)
    free = 0 if view.world.flash_is_full(view.name) else FLASH - used
    return f"Directory of flash:/\n\n{listed}\n{FLASH} bytes total ({free} bytes free)\n"


def clock(view: View, _: Arguments) -> str:
    """`show clock`."""
    source = f"NTP server ({_server(view)})" if _server(view) else "local"
    return f"{_local(view, view.now):%a %b %e %H:%M:%S %Y}\nTimezone: {_zone(view).key}\nClock source: {source}\n"


def ntp_status(view: View, _: Arguments) -> str:
    """`show ntp status`."""
    if not any(True for _ in lines(view.running.children, "ntp server")):
        return "NTP is disabled.\n"
    server = _server(view)
    if server is None:
        return "unsynchronised\n   polling server every 64 s\n"
    return (
        f"synchronised to NTP server ({server}) at stratum {SERVERS_STRATUM + 1}\n"
        "   time correct to within 12 ms\n   polling server every 64 s\n\n"
    )


def _server(view: View) -> str | None:
    """The first server that can be reached, the preferred one before others."""
    found = [rest.split() for rest, _ in lines(view.running.children, "ntp server")]
    for words in sorted(found, key=lambda words: "prefer" not in words):
        if view.world.reaches(view.name, IPv4Address(words[0]), NTP):
            return words[0]
    return None


def inventory(view: View, _: Arguments) -> str:
    """`show inventory`, its first paragraph."""
    title = f"{len(view.hardware.poe) or 48} RJ45 & {len(view.hardware.uplinks)} SFP Switch"
    return (
        "System information\n  Model                    Description\n"
        "  ------------------------ ----------------------------------------------------\n"
        f"  {view.reported:<24} {title}\n\n"
        "  HW Version  Serial Number  Mfg Date   Epoch\n  ----------- -------------- ---------- -----\n"
        f"  11.02       {view.serial:<14} 2021-11-29 01.00\n"
    )


def api(view: View, _: Arguments) -> str:
    """`show management api http-commands`."""
    on = api_is_on(view.running)
    state = "running, set to use port 443" if on else "shutdown"
    return (
        f"Enabled:            {'Yes' if on else 'No'}\nHTTPS server:       {state}\n"
        "HTTP server:        shutdown, set to use port 80\nLocal HTTP server:  shutdown, no authentication, set to use "
        "port 8080\nUnix Socket server: shutdown, no authentication\nVRFs:               default\n"
    )


def users_data(view: View, _: Arguments) -> Data:
    """`show users accounts | json`."""
    found = (rest.split() for rest, _ in lines(view.running.children, "username"))
    users = {
        words[0]: {
            "username": words[0],
            "privLevel": int(words[words.index("privilege") + 1]) if "privilege" in words else 1,
            "password": words[-1],
            "sshAuthorizedKey": "",
        }
        for words in found
    }
    return {"users": users}


def users(view: View, arguments: Arguments) -> str:
    """`show users accounts`."""
    found = users_data(view, arguments)["users"]
    return "".join(f"user: {name}\n       privilege level: 15\n" for name in found) if isinstance(found, dict) else ""


def reload_cause(view: View, _: Arguments) -> str:
    """`show reload cause`."""
    when = _local(view, view.booted - timedelta(seconds=90))
    return (
        f"Reload Cause 1:\n-------------------\n{view.reload_reason}\n\nReload Time:\n------------\n"
        f"Reload occurred at {when:%a %b %e %H:%M:%S %Y} {when.tzname()}.\n\n"
        "Recommended Action:\n-------------------\nNo action necessary.\n\n"
        "Debugging Information:\n----------------------\nNone available.\n"
    )


NTC = "recording ntc-templates/arista_eos"
NAPALM = "recording napalm/eos/mocked_data"

ANSWERS = (
    Answer(
        commands=("show version",),
        text=version,
        data=version_data,
        source=f"{NTC}/show_version/arista_eos_show_version3.raw",
    ),
    Answer(
        commands=("show hostname",),
        text=host_name,
        data=host_name_data,
        source=f"{NAPALM}/test_get_facts/normal/show_hostname.json",
    ),
    Answer(
        commands=("show running-config", "show running-config all", "show running-config sanitized"),
        text=running_config,
        source="recording oxidized/eos#DCS-7050SX3-48YC8_4.29.2F#simulation.yaml",
    ),
    Answer(
        commands=("show startup-config",),
        text=startup_config,
        source=f"{NAPALM}/test_get_config_filtered/normal/show_startup_config.text",
    ),
    Answer(commands=("dir flash:",), text=flash, source=f"{NTC}/dir/arista_eos_dir_flash.raw"),
    Answer(commands=("show clock",), text=clock, source=f"{NTC}/show_clock/arista_eos_show_clock.raw"),
    Answer(
        commands=("show ntp status",),
        text=ntp_status,
        source="manual ntpstat.c, whose words EOS prints (EOS user manual, NTP)",
    ),
    Answer(commands=("show inventory",), text=inventory, source=f"{NTC}/show_inventory/arista_eos_show_inventory2.raw"),
    Answer(
        commands=("show management api http-commands",),
        text=api,
        source="manual the switch's own page about its API (overview.html)",
    ),
    Answer(
        commands=("show users accounts",),
        text=users,
        data=users_data,
        source=f"{NAPALM}/test_get_users/normal/show_users_accounts.json",
    ),
    Answer(
        commands=("show reload cause",),
        text=reload_cause,
        source=f"{NTC}/show_reload_cause/arista_eos_show_reload_cause.raw",
    ),
)
