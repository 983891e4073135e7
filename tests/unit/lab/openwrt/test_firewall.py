"""What a simulated OpenWrt box takes, lets through and tells of it."""

from siteauto.lab.state import Service

HTTPS = Service(protocol="tcp", first=443, last=443)


def rules(box):
    return box.box.state().filters


def test_a_new_box_lets_its_lan_out_and_nobody_in(box):
    (only, within) = rules(box)
    assert (only.source_ports, only.destination_ports) == ({"br-lan"}, {"wan"})
    assert (within.source_ports, within.destination_ports) == ({"br-lan"}, {"br-lan"})
    firewall = box.box.network.firewall
    assert firewall.takes("br-lan", "tcp", 22)
    assert not firewall.takes("wan", "tcp", 22)
    assert firewall.takes("wan", "icmp")


def test_rules_come_before_forwardings_and_those_of_any_zone_first(box):
    shell = box.shell()
    for source, port in (("lan", "443"), ("*", "80")):
        for line in ("uci add firewall rule", f"uci set firewall.@rule[-1].src='{source}'"):
            shell.receive(line)
        shell.receive("uci set firewall.@rule[-1].dest='wan'")
        shell.receive("uci set firewall.@rule[-1].proto='tcp'")
        shell.receive(f"uci set firewall.@rule[-1].dest_port='{port}'")
        shell.receive("uci set firewall.@rule[-1].target='DROP'")
    shell.receive("uci commit")
    shell.receive("reload_config")
    first, second, third, _ = rules(box)
    assert (first.source_ports, first.accept) == (frozenset(), False)
    assert (second.services, second.accept) == ((HTTPS,), False)
    assert third.accept


def test_a_rule_of_a_zone_that_is_not_there_is_left_out_and_not_listed(box):
    shell = box.shell()
    for line in (
        "uci add firewall rule",
        "uci set firewall.@rule[-1].name='nowhere'",
        "uci set firewall.@rule[-1].src='attic'",
        "uci set firewall.@rule[-1].dest='wan'",
        "uci commit",
        "reload_config",
    ):
        shell.receive(line)
    assert len(rules(box)) == 2
    listed = shell.receive("nft list table inet fw4").text
    assert 'comment "!fw4: Allow-Ping"' in listed
    assert "nowhere" not in listed
    assert "nowhere" in shell.receive("uci export firewall").text
