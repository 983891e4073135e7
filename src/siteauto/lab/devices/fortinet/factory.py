"""A FortiGate as it comes out of its carton: the entries that FortiOS brings along, and the ports of the model."""

from dataclasses import dataclass

from siteauto.lab.devices.fortinet.config_mode import ConfigMode
from siteauto.lab.devices.fortinet.config_verbs import configure
from siteauto.lab.devices.fortinet.tokens import split_words
from siteauto.lab.devices.fortinet.tree import Configuration

FIRMWARE = "7.4.8"
BUILD = "2795"
BUILD_DATE = "250523"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What differs between the boxes. `switched` are the ports of the hardware switch that it is shipped with."""

    title: str  # FortiGate-60F
    short: str  # FGT60F
    ports: tuple[str, ...]
    switched: tuple[str, ...]
    routed: tuple[str, ...]  # shipped with DHCP on
    switch_name: str = "internal"
    part_number: str = ""


MODELS = {
    "FGT-60F": Model(
        title="FortiGate-60F",
        short="FGT60F",
        ports=("wan1", "wan2", "dmz", "internal1", "internal2", "internal3", "internal4", "internal5", "a", "b"),
        switched=("internal1", "internal2", "internal3", "internal4", "internal5"),
        routed=("wan1", "wan2"),
        part_number="P24286-07",
    ),
    "FGT-91G": Model(
        title="FortiGate-91G",
        short="FGT91G",
        ports=("wan1", "wan2", "internal1", "internal2", "internal3", "internal4", "internal5", "internal6", "a", "b"),
        switched=("internal1", "internal2", "internal3", "internal4", "internal5", "internal6"),
        routed=("wan1", "wan2"),
        part_number="P28792-06",
    ),
}

# Of some ninety services and a dozen addresses that FortiOS brings along, those that people use.
_SERVICES = """
ALL:IP ALL_TCP:1-65535 ALL_UDP::1-65535 ALL_ICMP:ICMP PING:ICMP8 HTTP:80 HTTPS:443 SSH:22 TELNET:23 FTP:21 TFTP::69
DNS:53:53 NTP:123:123 SYSLOG::514 SNMP:161-162:161-162 DHCP::67-68 RADIUS::1812-1813 LDAP:389 LDAPS:636 KERBEROS:88:88
SMTP:25 RDP:3389 SMB:445 SIP:5060:5060
"""
_ENTRIES = """
config system vdom|edit root|end
config system accprofile|edit prof_admin|set secfabgrp read-write|set ftviewgrp read-write|set authgrp read-write|
 set sysgrp read-write|set netgrp read-write|set loggrp read-write|set fwgrp read-write|set vpngrp read-write|
 set utmgrp read-write|set wanoptgrp read-write|set wifi read-write|next|
 edit super_admin|set comments "Built-in profile with all rights"|end
config system admin|edit admin|set accprofile super_admin|set vdom root|end
config system global|set timezone US/Pacific|end
config system ntp|set ntpsync enable|end
config firewall address|edit none|set subnet 0.0.0.0/32|next|edit all|end
config firewall schedule recurring|edit always|set day sunday monday tuesday wednesday thursday friday saturday|next|
 edit none|end
config antivirus profile|edit default|end
config ips sensor|edit default|end
config webfilter profile|edit default|end
config dnsfilter profile|edit default|end
config application list|edit default|end
config firewall ssl-ssh-profile|edit no-inspection|next|edit certificate-inspection|next|edit deep-inspection|end
"""


def factory_configuration(model: Model) -> Configuration:
    """What a new box holds. It runs, and nobody has typed anything yet."""
    configuration = Configuration(ports=model.ports)
    type_lines(configuration, _ENTRIES.replace("\n ", "").replace("|", "\n"))
    type_lines(configuration, "\n".join(_interfaces(model)))
    type_lines(configuration, "\n".join(_services()))
    type_lines(configuration, "\n".join(_first_policy(model)))
    return configuration


def type_lines(configuration: Configuration, text: str) -> None:
    """Have the box itself type lines into its configuration. Raises RefusedError on the first that is wrong."""
    mode = ConfigMode(configuration, lambda _: None)
    for line in text.splitlines():
        words = split_words(line)
        if not words:
            continue
        if mode.levels:
            configure(mode, words)
        else:
            mode.enter(".".join(words[1:]))


def _interfaces(model: Model) -> list[str]:
    lines = ["config system physical-switch", "edit sw0", "end"]
    lines += ["config system virtual-switch", f"edit {model.switch_name}", "set physical-switch sw0", "config port"]
    for port in model.switched:
        lines += [f"edit {port}", "next"]
    lines += ["end", "end", "config system interface"]
    for port in model.ports:
        if port not in model.switched:
            lines += [f"edit {port}", "set vdom root", "set type physical"]
            lines += ["set mode dhcp", "set role wan", "set allowaccess ping fgfm"] if port in model.routed else []
            lines += ["next"]
    lines += [f"edit {model.switch_name}", "set vdom root", "set ip 192.168.1.99/24", "set type hard-switch"]
    return [*lines, "set allowaccess ping https ssh fgfm fabric", "set role lan", "next", "end"]


def _services() -> list[str]:
    lines = ["config firewall service custom"]
    for service in _SERVICES.split():
        name, _, ports = service.partition(":")
        lines += [f"edit {name}", *_service_lines(ports), "next"]
    return [*lines, "end"]


def _service_lines(ports: str) -> list[str]:
    if ports == "IP":
        return ["set protocol IP"]
    if ports.startswith("ICMP"):
        kind = ports.removeprefix("ICMP")
        return ["set protocol ICMP", *([f"set icmptype {kind}"] if kind else ["unset icmptype"])]
    tcp, _, udp = ports.partition(":")
    return [*([f"set tcp-portrange {tcp}"] if tcp else []), *([f"set udp-portrange {udp}"] if udp else [])]


def _first_policy(model: Model) -> list[str]:
    lines = ["config system dhcp server", "edit 1", "set dns-service default", "set default-gateway 192.168.1.99"]
    lines += ["set netmask 255.255.255.0", f"set interface {model.switch_name}", "config ip-range", "edit 1"]
    lines += ["set start-ip 192.168.1.110", "set end-ip 192.168.1.210", "next", "end", "end"]
    lines += ["config firewall policy", "edit 1", f"set srcintf {model.switch_name}", "set dstintf wan1"]
    lines += ["set action accept", "set srcaddr all", "set dstaddr all", "set schedule always", "set service ALL"]
    return [*lines, "set nat enable", "end"]
