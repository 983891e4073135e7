"""What the example site makes of each of its devices."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from pathlib import Path

import pytest

from siteauto.adapters.yaml_documents import parse_document
from siteauto.adapters.yaml_inventory.inventory import YamlInventory, check_company
from siteauto.core.intent.build import build_intents, management_depth
from siteauto.core.models import Link, Role, SiteName
from siteauto.core.site.topology import management_paths
from siteauto.platforms import load_platforms

PLATFORMS = load_platforms()
ROOT = Path(__file__).parents[3] / "inventory"
INVENTORY = YamlInventory(ROOT, PLATFORMS)
SITE = INVENTORY.site(SiteName("us-nyc-mad01"))
DEVIATING = ("us-chi-mag01", "us-lax-rod01")
INTENTS = {intent.device.short: intent for intent in build_intents(SITE, PLATFORMS)}


def port(device, name):
    return next(port for port in INTENTS[device].ports if port.name == name)


def test_the_company_is_clean():
    assert check_company(INVENTORY) == ()


@pytest.mark.parametrize("name", INVENTORY.sites())
def test_every_site_can_be_derived_and_is_short(name):
    site = INVENTORY.site(name)
    assert [intent.device for intent in build_intents(site, PLATFORMS)] == list(site.devices)
    if name not in DEVIATING:
        assert len((ROOT / "sites" / f"{name}.yaml").read_text("utf-8").splitlines()) <= 25


def test_the_company_is_large_enough_to_stand_on():
    sites = [INVENTORY.site(name) for name in INVENTORY.sites()]
    assert len(sites) >= 12
    assert {site.archetype for site in sites} == {"boutique-s", "boutique-m", "office", "hq-floor"}
    assert {"America/New_York", "America/Chicago", "America/Los_Angeles"} <= {site.timezone for site in sites}
    assert all(site.circuits and site.rooms and site.capacity.counts for site in sites)


@pytest.mark.parametrize("name", DEVIATING)
def test_two_sites_use_every_level(name):
    document = parse_document((ROOT / "sites" / f"{name}.yaml").read_text("utf-8"), name)[0].plain()
    own_of_devices = {key for device in document["devices"].values() for key in device}
    assert {"organisation", "port_profiles"} <= own_of_devices
    assert {"vlans", "flows", "organisation", "port_profiles"} & set(document)
    assert document["ports"]
    assert any("ports" in room for room in document["rooms"].values())


def test_explain_shows_five_levels_of_a_real_port():
    found = INVENTORY.explain(SiteName("us-chi-mag01"), ["ports", "sw2", "1/0/41", "poe"])
    assert [(each.name, each.value) for each in found.levels if each.place] == [
        ("organisation", "high"), ("device", "critical"), ("port", "low"),
    ]  # fmt: skip
    assert [each.name for each in found.levels] == ["organisation", "archetype", "site", "device", "port"]


def test_a_site_without_wireless():
    intents = {i.device.short: i for i in build_intents(INVENTORY.site(SiteName("us-bos-cop01")), PLATFORMS)}
    assert not any(intent.ssids or intent.access_points for intent in intents.values())
    assert intents["sw1"].spanning_tree_root
    assert {vlan.id for vlan in intents["sw1"].vlans} == {10, 20, 30, 70, 95, 99, 998, 999}


def test_same_site_same_intents():
    again = build_intents(INVENTORY.site(SITE.name), PLATFORMS)
    assert again == tuple(INTENTS.values())


def test_management_addresses():
    hosts = {
        short: int(intent.management.address.ip) - int(SITE.subnet("mgmt").network[0])
        for short, intent in INTENTS.items()
    }
    assert {short: hosts[short] for short in ("fw1", "sw1", "sw2", "wlc1", "ap1", "ap2")} == {
        "fw1": 1, "sw1": 2, "sw2": 3, "wlc1": 4, "ap1": 11, "ap2": 12,
    }  # fmt: skip
    assert INTENTS["srv1"].management.vlan_id == 95
    assert INTENTS["srv1"].management.gateway == SITE.subnet("servers").gateway.ip


def test_management_path_is_nearest_the_operator_first():
    assert [name[-3:] for name in INTENTS["ap1"].management.path] == ["fw1", "sw1", "sw2"]
    depth = {name.rpartition("-")[2]: steps for name, steps in management_depth(SITE).items()}
    assert depth == {"fw1": 0, "sw1": 1, "sw2": 2, "wlc1": 2, "ap1": 3, "ap2": 3, "srv1": 2}


def test_every_port_of_every_box_is_planned_once():
    for intent in INTENTS.values():
        if intent.device.role is Role.SERVER:
            continue
        boxes = [box for spec in PLATFORMS.values() for box in spec.hardware if box.model == intent.device.model]
        assert tuple(each.name for each in intent.ports) == boxes[0].ports


def test_trunks_agree_at_both_ends():
    ends = {(i.device.name, p.name): p for i in INTENTS.values() for p in i.ports if p.kind == "trunk"}
    for each in ends.values():
        far = ends[each.neighbour.device, each.neighbour.port]
        assert (far.trunk_vlans, far.native_vlan) == (each.trunk_vlans, each.native_vlan)
        assert each.description == f"to {each.neighbour.device} {each.neighbour.port}"
        assert each.trusted


def test_wireless_vlans_stay_away_from_the_access_switch():
    uplink = port("sw2", "TenGigabitEthernet1/1/1")
    assert uplink.trunk_vlans == (10, 20, 30, 60, 70, 80, 90, 99)
    assert {vlan.id for vlan in INTENTS["sw2"].vlans} == {10, 20, 30, 60, 70, 80, 90, 99, 998, 999}
    assert port("wlc1", "TenGigabitEthernet0/1/0").trunk_vlans == (10, 40, 50, 99)
    assert port("sw1", "GigabitEthernet1/0/1").trunk_vlans == (10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99)


def test_the_core_is_the_root_and_guards_it():
    assert [short for short, intent in INTENTS.items() if intent.spanning_tree_root] == ["sw1"]
    assert port("sw1", "TenGigabitEthernet1/1/1").root_guard
    assert not port("sw2", "TenGigabitEthernet1/1/1").root_guard


def test_edge_port():
    edge = port("sw2", "GigabitEthernet1/0/1")
    assert (edge.kind, edge.access_vlan, edge.voice_vlan, edge.poe) == ("edge", 10, 30, True)
    assert not edge.trusted


def test_a_site_overrides_its_archetype():
    till = port("sw2", "GigabitEthernet1/0/25")
    assert (till.profile, till.access_vlan, till.description, till.poe_priority) == (
        "till",
        20,
        "till sales-floor",
        "high",
    )
    assert port("sw2", "GigabitEthernet1/0/29").kind == "disabled"


def test_unused_port_is_parked():
    spare = port("sw1", "GigabitEthernet1/0/24")
    assert (spare.kind, spare.enabled, spare.access_vlan, spare.poe) == ("disabled", False, 998, False)


def test_access_point_port():
    ap = port("sw2", "GigabitEthernet1/0/48")
    assert (ap.kind, ap.access_vlan, ap.poe, ap.poe_priority) == ("access", 99, True, "critical")
    assert ap.neighbour.device == "us-nyc-mad01-ap2"


def test_server_port_is_trusted_and_its_box_speaks_no_lldp():
    server = port("sw1", "GigabitEthernet1/0/2")
    assert (server.kind, server.access_vlan, server.trusted, server.neighbour.lldp) == ("access", 95, True, False)


def test_firewall_ports():
    wan1, wan2 = port("fw1", "wan1"), port("fw1", "wan2")
    assert (wan1.kind, wan1.address) == ("routed", IPv4Interface("198.51.100.2/30"))
    assert (wan2.kind, wan2.address) == ("routed", None)
    assert port("fw1", "dmz").kind == "disabled"
    (route,) = INTENTS["fw1"].routes
    assert (route.next_hop, route.port) == (IPv4Address("198.51.100.1"), "wan1")


def test_gateways_relay_to_the_site_server():
    server = INTENTS["srv1"].management.address.ip
    gateways = {gateway.role: gateway for gateway in INTENTS["fw1"].gateways}
    assert gateways["corp"].relay_to == (server,)
    assert gateways["servers"].relay_to == ()
    assert [role for role, gateway in gateways.items() if gateway.management_access] == ["mgmt"]
    assert all(len(gateway.name) <= 15 for gateway in gateways.values())


def policies(**wanted):
    return [p for p in INTENTS["fw1"].policies if all(getattr(p, key) == value for key, value in wanted.items())]


def test_the_last_rule_denies_everything_and_ids_rise():
    ids = [policy.id for policy in INTENTS["fw1"].policies]
    assert ids == sorted(set(ids))
    last = INTENTS["fw1"].policies[-1]
    assert (last.accept, last.source_zone, last.sources, last.services) == (False, "any", ("all",), ("all",))


def test_guests_reach_nothing_but_the_internet():
    barred, allowed = policies(source_zone="guest")
    assert (barred.accept, barred.destinations) == (False, ("private",))
    assert (allowed.accept, allowed.destination_zone, allowed.nat) == (True, "internet", True)
    groups = {group.name: group.members for group in INTENTS["fw1"].address_groups}
    private = [each.network for each in INTENTS["fw1"].addresses if each.name in groups["private"]]
    assert any(SITE.supernet.subnet_of(network) for network in private)


def test_tills_reach_payment_hosts_only():
    (only,) = policies(source_zone="pci")
    assert (only.destination_zone, only.destinations, only.services) == ("internet", ("payment-hosts",), ("https",))


def test_rules_name_objects_that_exist():
    firewall = INTENTS["fw1"]
    objects = {each.name for each in (*firewall.addresses, *firewall.address_groups)} | {"all"}
    services = {each.name for each in firewall.service_objects} | {"all"}
    zones = {zone.name for zone in firewall.zones} | {"any"}
    for policy in firewall.policies:
        assert set(policy.sources) | set(policy.destinations) <= objects
        assert set(policy.services) <= services
        assert {policy.source_zone, policy.destination_zone} <= zones
    members = {member for group in firewall.address_groups for member in group.members}
    assert members <= objects


def test_addresses_of_objects_are_the_plan():
    networks = {each.name: each.network for each in INTENTS["fw1"].addresses}
    assert networks["net-guest"] == SITE.subnet("guest").network
    assert networks["operators-1"] == IPv4Network("10.10.3.0/24")


def test_ssids_and_access_points():
    ssids = {ssid.profile: ssid for ssid in INTENTS["wlc1"].ssids}
    assert (ssids["corp"].security, ssids["corp"].secret) == ("wpa3-enterprise", None)
    assert str(ssids["staff"].secret) == "secret://us-nyc-mad01/wlan_staff"
    assert (ssids["guest"].security, ssids["guest"].isolation, ssids["guest"].vlan_name) == ("owe", True, "guest")
    assert [ap.name[-3:] for ap in INTENTS["wlc1"].access_points] == ["ap1", "ap2"]
    assert INTENTS["sw1"].ssids == ()


def test_dhcp_pools_leave_fixed_addresses_free():
    scopes = {scope.role: scope for scope in INTENTS["srv1"].scopes}
    assert set(scopes) == {"corp", "pos", "voice", "staff", "guest", "iot", "cctv", "av", "printers", "mgmt"}
    corp = scopes["corp"]
    assert (int(corp.first) - int(corp.network[0]), corp.last) == (10, corp.network[-2])
    assert scopes["guest"].dns_servers == SITE.organisation.public_dns_servers
    assert scopes["pos"].dns_servers == ()
    assert corp.dns_servers == INTENTS["srv1"].site_servers


def test_access_points_get_their_address_by_reservation():
    mgmt = next(scope for scope in INTENTS["srv1"].scopes if scope.role == "mgmt")
    assert mgmt.static
    assert [(each.name, each.address) for each in mgmt.reservations] == [
        ("ap1", SITE.device("ap1").address.ip),
        ("ap2", SITE.device("ap2").address.ip),
    ]
    assert (mgmt.first, mgmt.last) == (SITE.device("ap1").address.ip, SITE.device("ap2").address.ip)


def test_time_and_place():
    intent = INTENTS["sw1"]
    assert (intent.utc_offset_hours, intent.dst) == (-5, True)
    assert intent.location == "680 Madison Ave, New York, NY 10065"


def test_a_ring_carries_every_vlan():
    spare = Link(
        a=SITE.device("sw1").name, a_port="TenGigabitEthernet1/1/3",
        b=SITE.device("sw2").name, b_port="TenGigabitEthernet1/1/2",
    )  # fmt: skip
    ring = replace(SITE, links=(*SITE.links, spare))
    sw2 = next(intent for intent in build_intents(ring, PLATFORMS) if intent.device.short == "sw2")
    lists = {each.trunk_vlans for each in sw2.ports if each.kind == "trunk"}
    assert lists == {(10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99)}


def test_without_a_firewall_there_is_no_way_in():
    assert management_paths(replace(SITE, devices=SITE.devices[1:])) == {}


def test_extra_command_lines_stay_with_their_device():
    site = replace(SITE, extra_cli=((SITE.device("sw1").name, "ip tftp source-interface Vlan99"),))
    texts = {intent.device.short: intent.extra_cli for intent in build_intents(site, PLATFORMS)}
    assert (texts["sw1"], texts["sw2"]) == ("ip tftp source-interface Vlan99", "")


@pytest.mark.parametrize("name", ["us-nyc-mad01-sw1", "sw1"])
def test_a_device_is_found_by_either_name(name):
    assert SITE.device(name).short == "sw1"


def test_unknown_names_raise():
    for find in (SITE.device, SITE.subnet):
        with pytest.raises(KeyError):
            find("nobody")
