"""What the box says of itself: version, inventory, boot, names, clock."""

from collections import Counter
from datetime import timedelta

from siteauto.lab.devices.cisco_ios.answer import CONTROLLER, SWITCH, Answer, Arguments, first, has, lines
from siteauto.lab.devices.cisco_ios.answers_time import is_synchronised
from siteauto.lab.devices.cisco_ios.printing import dotted, layout, local_time, spoken_duration, stamp
from siteauto.lab.devices.cisco_ios.view import SnmpUser, View

TRAINS = {"17.9": "Cupertino", "17.12": "Dublin", "17.15": "IOSXE"}
COUNTED = (
    ("GigabitEthernet", "Gigabit Ethernet interfaces"),
    ("TwoGigabitEthernet", "2.5 Gigabit Ethernet interfaces"),
    ("TenGigabitEthernet", "Ten Gigabit Ethernet interfaces"),
)
BOOT_TIME = timedelta(minutes=3)  # from the reload to the first second of uptime
PROCESSOR_FIRST = timedelta(minutes=1)  # the control processor counts from a little earlier


def version(view: View, _: Arguments) -> str:
    """`show version`."""
    major, minor, patch = view.version.split(".")[:3]
    kinds = Counter(port.rstrip("0123456789/") for port in view.hardware.ports)
    uptime = view.now - view.booted
    return layout(f"version_{_family(view)}").format(
        version=view.version,
        short_version=f"{major}.{minor}.{patch.lstrip('0')}",
        train=TRAINS.get(f"{major}.{minor}", "IOSXE"),
        rommon="17.12.1r [FC3]",
        hostname=view.state.hostname,
        uptime=spoken_duration(uptime),
        processor_uptime=spoken_duration(uptime + PROCESSOR_FIRST),
        reason=view.reload_reason,
        reloaded=stamp(view, view.booted - BOOT_TIME),
        booted=stamp(view, view.booted),
        serial=view.serial,
        model=view.model,
        mac=view.base_mac,
        virtual_count=len(view.state.vlan_interfaces),
        interface_counts="\n".join(f"{kinds[kind]} {words}" for kind, words in COUNTED if kinds[kind]),
        port_count=len(view.hardware.ports),
        assembly="73-18271-03",
        clei="INM6000000",
    )


def _family(view: View) -> str:
    return next(family for family in ("c9800", "c9300", "c9200l") if view.model.lower().startswith(family))


def inventory_switch(view: View, _: Arguments) -> str:
    """`show inventory` of a stackable switch that stands alone."""
    stack = {"c9300": "c93xx Stack", "c9200l": "c92xxL Stack"}[_family(view)]
    supply = {"c9300": "PWR-C1-715WAC-P", "c9200l": "PWR-C5-1KWAC"}[_family(view)]
    return "\n\n".join(
        (
            _part(stack, stack, view.model, "V02", view.serial),
            _part("Switch 1", view.model, view.model, "V02", view.serial),
            _part("Switch 1 - Power Supply A", "Switch 1 - Power Supply A", supply, "V02", f"ART{view.serial[3:]}"),
        )
    )


def inventory_controller(view: View, _: Arguments) -> str:
    """`show inventory` of a C9800-L."""
    model = view.model
    supply = "Cisco Catalyst Wireless Controller 12V DC Generic Power Supply"
    return "\n\n".join(
        (
            _part("Chassis 1", f"Cisco {model} Chassis", model, "01", view.serial),
            _part("Chassis 1 Power Supply Module 0", supply, "PWR-12V", "", ""),
            _part("Chassis 1 Fan Tray", f"Cisco {model} Fan Tray", f"{model}-FAN", "", ""),
            _part("module 0", f"Cisco {model} Modular Interface Processor", model, "", ""),
            _part(
                "SPA subslot 0/0",
                "Front Panel bay-0 4 ports 2.5 Gigabitethernet Module",
                "BUILT-IN-4x2_5GE",
                "V01",
                "N/A",
            ),
            _part(
                "SPA subslot 0/1",
                "Front Panel bay-1 2 ports Ten/Gigabitethernet Module",
                "BUILT-IN-2x10GE-F",
                "V01",
                "N/A",
            ),
            _part("module R0", f"Cisco {model} Route Processor", model, "01", view.serial),
            _part("module F0", f"Cisco {model} Embedded Services Processor", model, "", ""),
        )
    )


def _part(name: str, description: str, product: str, version_id: str, serial: str) -> str:
    return (
        f'NAME: "{name}", DESCR: "{description}"\nPID: {product:<18}, VID: {version_id:<5}, SN: {serial:<12}'.rstrip()
    )


def hosts(view: View, _: Arguments) -> str:
    """`show hosts`."""
    domain = first(view.running.children, "ip domain name")
    servers = [server for rest, _ in lines(view.running.children, "ip name-server") for server in rest.split()]
    looks_up = servers and not has(view.running.children, "no ip domain lookup")
    return "\n".join(
        (
            f"Default domain is {domain}" if domain else "Default domain is not set",
            f"Name servers are {', '.join(servers)}" if looks_up else "Name/address lookup uses static mappings",
            "",
            "Codes: u - unknown, e - expired, * - OK, ? - revalidate",
            "       t - temporary, p - permanent",
            "",
            "Host                      Port  Flags      Age Type   Address(es)",
        )
    )


def hosts_summary(view: View, _: Arguments) -> str:
    """`show hosts summary`."""
    domain = first(view.running.children, "ip domain name")
    servers = [server for rest, _ in lines(view.running.children, "ip name-server") for server in rest.split()]
    return "\n".join(
        (
            f"Default domain is {domain}" if domain else "Default domain is not set",
            f"Name servers are {', '.join(servers) or '255.255.255.255'}",
            "Local cache entries: 0",
            "Dynamic cache entries: 0",
        )
    )


def clock(view: View, _: Arguments) -> str:
    """`show clock`; a star where nobody vouches for the time."""
    local = local_time(view, view.now)
    star = "" if is_synchronised(view) else "*"
    day = f"{local:%a %b} {local.day} {local.year}"
    return f"{star}{local:%H:%M:%S}.{local.microsecond // 1000:03} {local.tzname()} {day}"


def boot(view: View, _: Arguments) -> str:
    """`show boot` of a Catalyst 9000."""
    variable = next(
        (rest.split()[-1] for rest, _ in lines(view.running.children, "boot system")), "flash:packages.conf"
    )
    return "\n".join(
        (
            "---------------------------",
            "Switch 1",
            "---------------------------",
            "Current Boot Variables:",
            f"BOOT variable = {variable};",
            "",
            "Boot Variables on next reload:",
            f"BOOT variable = {variable};",
            "Manual Boot = no",
            "Enable Break = no",
            "Boot Mode = DEVICE",
            "iPXE Timeout = 0",
        )
    )


def snmp_users(view: View, _: Arguments) -> str:
    """`show snmp user`: the only place where they show, running-config has none of them."""
    engine = "800000090300" + dotted(view.base_mac).replace(".", "").upper()
    return "\n".join(_snmp_user(user, engine) for user in view.snmp_users)


def _snmp_user(user: SnmpUser, engine: str) -> str:
    return "\n".join(
        (
            "",
            f"User name: {user.name}",
            f"Engine ID: {engine}",
            "storage-type: nonvolatile        active",
            f"Authentication Protocol: {user.authentication or 'None'}",
            f"Privacy Protocol: {user.privacy or 'None'}",
            f"Group-name: {user.group}",
        )
    )


ANSWERS = (
    Answer(
        commands=("show version",),
        text=version,
        source="recording oxidized/ios#C9200L-24P-4G_17.09.04a#simulation.yaml",
        roles=SWITCH,
    ),
    Answer(
        commands=("show version",),
        text=version,
        source="recording oxidized/ios#C9800-L-F-K9_17.06.05#simulation.yaml",
        roles=CONTROLLER,
    ),
    Answer(
        commands=("show inventory", "show inventory all"),
        text=inventory_switch,
        source="recording oxidized/ios#C9200L-24P-4G_17.09.04a#simulation.yaml",
        roles=SWITCH,
    ),
    Answer(
        commands=("show inventory", "show inventory all"),
        text=inventory_controller,
        source="recording oxidized/ios#C9800-L-F-K9_17.06.05#simulation.yaml",
        roles=CONTROLLER,
    ),
    Answer(
        commands=("show hosts",),
        text=hosts,
        source="recording napalm/ios/mocked_data/test_get_facts/normal/show_hosts.txt",
    ),
    Answer(
        commands=("show hosts summary",),
        text=hosts_summary,
        source="recording ntc-templates/cisco_ios/show_hosts_summary/cisco_ios_show_hosts_summary.raw",
    ),
    Answer(
        commands=("show clock",),
        text=clock,
        source="recording ntc-templates/cisco_ios/show_clock/cisco_ios_show_clock.raw",
    ),
    Answer(
        commands=("show boot",),
        text=boot,
        source="recording ntc-templates/cisco_ios/show_boot/cisco_ios_show_boot_gibraltar.raw",
        roles=SWITCH,
    ),
    Answer(
        commands=("show snmp user",),
        text=snmp_users,
        source="recording ntc-templates/cisco_ios/show_snmp_user/cisco_ios_show_snmp_user.raw",
    ),
)
