"""Rules of the DISA guides that a configuration can show, by their ids: each has its lines in the golden files.

IOS-XE Switch L2S V3R1 and NDM V3R3, FortiGate FW V1R3 and NDM V1R4. Rules that hold by default show no line.
"""

import re
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent

EVERY_IOS = {
    "V-220518 session limit": r"^line vty 5 15\n(?: .*\n)* transport input none$",
    "V-220523 management ACL": r"^line vty 0 4\n access-class MANAGEMENT in$",
    "V-220524 lockout after 3": r"^login block-for 900 attempts 3 within 120$",
    "V-220525 login banner": r"^banner login \^C$",
    "V-220526 activity of administrators": r"^aaa accounting commands 15 default start-stop group OPERATORS$",
    "V-220528 log timestamps": r"^service timestamps log datetime msec localtime show-timezone year$",
    "V-220534 no HTTP": r"^no ip http server\nno ip http secure-server$",
    "V-220535 account of last resort": r"^aaa authentication login default group OPERATORS local$",
    "V-220537 password length": r"^security passwords min-length 15$",
    "V-220544 idle timeout": r"^line vty 0 4\n(?: .*\n)* exec-timeout 5 0$",
    "V-220549 two clocks": r"^ntp server \S+ key 1 prefer\nntp server \S+ key 1$",
    "V-220552 SNMPv3 privacy": r"^snmp-server group MANAGERS v3 priv read EVERYTHING access SNMP-MANAGERS$",
    "V-220554 authenticated clocks": r"^ntp authenticate\nntp trusted-key 1$",
    "V-220555 SSH integrity": r"^ip ssh server algorithm mac hmac-sha2-512 hmac-sha2-256$",
    "V-220556 SSH ciphers": r"^ip ssh server algorithm encryption aes256-ctr aes192-ctr aes128-ctr$",
    "V-220565 two authentication servers": r"^ server name TACACS-1\n server name TACACS-2$",
    "V-220566 copy of every saved configuration": r"^archive\n(?: .*\n)* write-memory$",
    "V-220568 two syslog servers": r"^logging host \S+\nlogging host \S+$",
    "V-220650 VTP off": r"^vtp mode off$",
    "V-220667 dead ports are shut and parked": r"^ switchport access vlan 998\n switchport mode access\n shutdown$",
    "V-220670 VLAN 1 is not for management": r"^interface Vlan1\n no ip address\n shutdown$",
    "V-220671 no negotiated trunk": r"^ switchport mode trunk\n switchport nonegotiate$",
    "V-220672 native VLAN": r"^ switchport trunk native vlan 999$",
}
SWITCH = {
    "V-220649 802.1X with MAB": r"^ mab\n dot1x pae authenticator$",
    "V-220651 limit of excess traffic": r"^ service-policy output TO-WIRE$",
    "V-220656 BPDU guard": r"^ spanning-tree bpduguard enable$",
    "V-220657 loop guard": r"^spanning-tree loopguard default$",
    "V-220658 unknown unicast": r"^ switchport block unicast$",
    "V-220659 DHCP snooping": r"^ip dhcp snooping vlan [\d,-]+$",
    "V-220660 IP source guard": r"^ ip verify source$",
    "V-220661 ARP inspection": r"^ip arp inspection vlan [\d,-]+$",
    "V-220662 storm control": r"^ storm-control broadcast level 1\.00$",
    "V-220664 rapid spanning tree": r"^spanning-tree mode rapid-pvst$",
    "V-220665 one-way links": r"^udld aggressive$",
}
CORE = {"V-220655 root guard": r"^ spanning-tree guard root$"}
CONTROLLER = {
    "AOS V-266703 802.1X for staff": r"^ security dot1x authentication-list default$",
    "protected management frames": r"^ security wpa wpa3\n security pmf mandatory$",
    "guests are apart": r"^ peer-blocking drop$",
    "access points have no default login": r"^ mgmtuser username siteauto password 0 secret://",
}
FORTIGATE = {
    "V-234147 default deny, V-234160 logged": r'edit 9999\n        set name "deny-all"\n        set srcintf "any"\n'
    r'        set dstintf "any"\n        set srcaddr "all"\n        set dstaddr "all"\n        set schedule "always"\n'
    r'        set service "ALL"\n        set logtraffic all\n    next\nend$',
    "V-234166 trusted hosts": r"^        set trusthost1 10\.10\.3\.0 255\.255\.255\.0$",
    "V-234168 lockout": r"^    set admin-lockout-duration 900$",
    "V-234169 banner": r"^    set pre-login-banner enable$",
    "V-234181 second syslog server": r"^config log syslogd2 setting\n    set status enable$",
    "V-234183 two clocks, V-234202 authenticated": r"(?:^ +set authentication enable\n(?:.*\n)*?){2}",
    "V-234192 two authentication servers": r"^        set secondary-server ",
    "V-234199 no telnet": r"^    set admin-telnet disable$",
    "V-234201 SNMPv3": r"^        set security-level auth-priv$",
    "V-234203 password length": r"^    set minimum-length 15$",
    "V-234214 idle timeout": r"^    set admintimeout 10$",
    "V-234219 session limit": r"^    set admin-login-max 10$",
}
# The same design on Arista; the ids of its own guides have not been looked up.
EOS = {
    "login banner": r"^banner login\n(?:.*\n)+EOF$",
    "lockout after 3": r"^aaa authentication policy lockout failure 3 window 120 duration 900$",
    "account of last resort": r"^aaa authentication login default group OPERATORS local$",
    "activity of administrators": r"^aaa accounting commands all default start-stop group OPERATORS$",
    "password length": r"^   password minimum length 15$",
    "management ACL": r"^management ssh\n   ip access-group MANAGEMENT in$",
    "management ACL of the API": r"^   vrf default\n      no shutdown\n      ip access-group MANAGEMENT$",
    "session limit": r"^   connection limit 5$",
    "idle timeout": r"^management console\n   idle-timeout 5$",
    "SSH integrity": r"^   mac hmac-sha2-512 hmac-sha2-256$",
    "SSH ciphers": r"^   cipher aes256-ctr aes192-ctr aes128-ctr$",
    "two authentication servers": r"^aaa group server tacacs\+ OPERATORS\n   server \S+\n   server \S+$",
    "two syslog servers": r"^logging host \S+\nlogging host \S+$",
    "authenticated clocks": r"^ntp trusted-key 1\nntp authenticate$",
    "SNMPv3 privacy": r"^snmp-server group MANAGERS v3 priv read EVERYTHING$",
    "dead ports are shut and parked": r"^   shutdown\n   switchport access vlan 998$",
    "native VLAN": r"^   switchport trunk native vlan 999$",
    "802.1X with MAB": r"^   dot1x pae authenticator\n(?:   dot1x .*\n)*   dot1x mac based authentication$",
    "no false DHCP server": r"^ip access-list EDGE\n   10 deny udp any eq bootps any$",
    "BPDU guard": r"^   spanning-tree bpduguard enable$",
    "loop guard": r"^spanning-tree guard loop default$",
    "storm control": r"^   storm-control broadcast level 1$",
    "unknown unicast": r"^   storm-control unknown-unicast level 1$",
}
RULES = {
    "cisco_ios/us-nyc-mad01-sw1": EVERY_IOS | SWITCH | CORE,
    "cisco_ios/us-nyc-mad01-sw2": EVERY_IOS | SWITCH,
    "cisco_ios/us-nyc-mad01-wlc1": EVERY_IOS | CONTROLLER,
    "companies/arista_eos/us-nyc-eos01-sw1": EOS | {"root guard": r"^   spanning-tree guard root$"},
    "companies/arista_eos/us-nyc-eos01-sw2": EOS,
    "fortinet/us-nyc-mad01-fw1": FORTIGATE,
}
FIREWALL = "fortinet/us-nyc-mad01-fw1"


def of_platform(file: Path) -> dict[str, dict[str, str]]:
    """A platform's own rules: <platform>/hardening.yaml has those of `every` device and those of single ones."""
    rules = yaml.safe_load(file.read_text(encoding="utf-8"))
    every, platform = rules.pop("every"), file.parent.name
    devices = sorted(case.parent.name for case in file.parent.glob("*/intended.cfg"))
    return {f"{platform}/{device}": every | rules.get(device, {}) for device in devices}


for rules_file in sorted(HERE.glob("*/hardening.yaml")):
    RULES |= of_platform(rules_file)
CASES = [(case, rule) for case, rules in RULES.items() for rule in rules]


def intended(case: str) -> str:
    return (HERE / case / "intended.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize(("case", "rule"), CASES)
def test_shows(case: str, rule: str):
    assert re.search(RULES[case][rule], intended(case), re.MULTILINE), f"{case}: {rule}"


@pytest.mark.parametrize("case", [case for case in RULES if case.startswith("cisco_ios/")])
def test_vlan_1_is_nowhere(case: str):
    assert not re.search(r"(?:access|native|voice) vlan 1$|allowed vlan (?:1[,\-\n]|all)", intended(case), re.MULTILINE)


@pytest.mark.parametrize("case", [case for case in RULES if case.startswith("cisco_ios/")])
def test_no_host_is_in_the_native_vlan(case: str):
    assert not re.search(r"access vlan 999$", intended(case), re.MULTILINE)


def test_guests_reach_the_internet_only_and_tills_the_payment_hosts_only():
    policies = re.findall(r'set srcintf "(\w+)"\n +set dstintf "(\w+)"\n +set action accept\n', intended(FIREWALL))
    assert {target for source, target in policies if source == "guest"} == {"internet"}
    assert {target for source, target in policies if source == "pci"} == {"internet"}
    assert not [source for source, target in policies if target in ("pci", "guest", "any")]
    payment = re.search(r'set name "payment"\n(?:.*\n)*?    next', intended(FIREWALL))
    assert payment is not None
    assert 'set dstaddr "payment-hosts"' in payment.group()
