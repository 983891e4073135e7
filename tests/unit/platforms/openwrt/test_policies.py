"""The rules between zones as UCI holds them and the kernel has loaded them."""

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.readings import PolicyReading
from siteauto.platforms.openwrt import CHECKS, PLATFORM

ALL = ("all",)
ZONE = "config zone\n\toption name '{}'\n\toption forward 'DROP'\n\toption log '1'\n\n"
RULE = """\
config rule
	option name '{}'
	option src 'pci'
	option dest 'internet'
	option proto '{}'
	list src_ip '10.1.0.0/24'
	list dest_ip '192.0.2.0/28'
	list dest_ip '192.0.2.32/28'
	list dest_port '{}'
	option target 'ACCEPT'
	option log '1'

"""
NAT = "config nat\n\toption name '10-payment {0}'\n\toption src_ip '10.1.0.0/24'\n\toption dest_ip '{0}'\n\n"
BOTH = NAT.format("192.0.2.0/28") + NAT.format("192.0.2.32/28")
PAYMENT = PolicyReading(
    id=10,
    name="payment",
    accept=True,
    source_zone="pci",
    destination_zone="internet",
    sources=("10.1.0.0/24",),
    destinations=("192.0.2.0/28", "192.0.2.32/28"),
    services=("tcp/443", "udp/443"),
    nat=True,
    logged=True,
)


def read(*sections, loaded=("10-payment tcp", "10-payment udp", "10-payment 192.0.2.0/28", "10-payment 192.0.2.32/28")):
    head = "package firewall\n\nconfig defaults\n\toption forward 'DROP'\n\n" + ZONE.format("pci")
    kernel = "".join(f'\t\tcounter packets 0 bytes 0 accept comment "!fw4: {name}"\n' for name in loaded)
    text = head + "".join(sections) + "table inet fw4 {\n\tchain forward_pci {\n" + kernel + "\t}\n}\n"
    return CHECKS["policies"].read(TextFsmParser().parse(PLATFORM, CHECKS["policies"].parser, "policies", text))


TCP, UDP = RULE.format("10-payment tcp", "tcp", "443"), RULE.format("10-payment udp", "udp", "443")


def test_the_rules_of_a_policy_are_one_and_the_zones_deny_the_rest():
    assert read(TCP, UDP, BOTH) == (
        PAYMENT,
        PolicyReading(
            id=9999,
            name="deny-all",
            accept=False,
            source_zone="any",
            destination_zone="any",
            sources=ALL,
            destinations=ALL,
            services=ALL,
            logged=True,
        ),
    )


def test_a_rule_of_the_same_policy_that_says_something_else_stays_apart():
    other = UDP.replace("10.1.0.0/24", "10.0.0.0/8")
    assert [(one.id, one.sources, one.services) for one in read(TCP, other, BOTH)[:2]] == [
        (10, ("10.1.0.0/24",), ("tcp/443",)),
        (10, ("10.0.0.0/8",), ("udp/443",)),
    ]


def test_what_the_kernel_has_not_loaded_is_off():
    assert read(TCP, BOTH, loaded=("10-payment 192.0.2.0/28",))[0].enabled is False
    assert read(TCP, BOTH, loaded=())[-1].enabled is False, "no ruleset at all"


def test_nat_towards_one_of_two_networks_is_none():
    assert read(TCP, UDP, NAT.format("192.0.2.0/28"))[0].nat is False


def test_what_nobody_intends_is_a_policy_without_a_number():
    forwarding = "config forwarding\n\toption src 'guest'\n\toption dest 'lan'\n\n"
    by_hand = RULE.format("let me in", "tcp", "3389")
    within = ZONE.format("lan").replace("DROP", "ACCEPT")
    found = read(by_hand, forwarding, within, loaded=("let me in",))
    assert [(one.id, one.name, one.accept) for one in found[:-1]] == [
        (0, "let me in", True),
        (0, "forwarding guest lan", True),
        (0, "zone lan lan", True),
    ]


def test_a_zone_that_does_not_log_or_a_default_that_accepts_shows():
    assert read(ZONE.format("iot").replace("\toption log '1'\n", ""))[-1].logged is False
    text = "package firewall\n\nconfig defaults\n\toption forward 'ACCEPT'\n\ntable inet fw4 {\n}\n"
    probe = CHECKS["policies"]
    assert probe.read(TextFsmParser().parse(PLATFORM, probe.parser, "policies", text))[-1].accept is True
