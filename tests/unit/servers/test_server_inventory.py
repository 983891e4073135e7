"""What Ansible is told of the servers of the example site."""

import json
from dataclasses import replace
from pathlib import Path, PurePath

import pytest

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.intent.build import build_intents
from siteauto.core.intent.server_inventory import Login, build_inventory, secret_variables
from siteauto.core.models import SecretRef, SiteName
from siteauto.platforms import load_platforms

PLATFORMS = load_platforms()
SITE = YamlInventory(Path(__file__).parents[3] / "inventory", PLATFORMS).site(SiteName("us-nyc-mad01"))
INTENTS = build_intents(SITE, PLATFORMS)
NAME = "us-nyc-mad01-srv1"
LOGIN = Login(user="siteauto", known_hosts=PurePath("/state/known hosts"), key_file=PurePath("/state/key"))
WHOLE = build_inventory(SITE, INTENTS, hosts={NAME: ("127.44.19.66", 2222)}, login=LOGIN)
GROUP = WHOLE["all"]["children"]["site_servers"]
HOST = GROUP["hosts"][NAME]


def scope(role):
    return next(each for each in HOST["dnsmasq_scopes"] if each["role"] == role)


def test_where_and_how_the_server_is_reached():
    assert (HOST["ansible_host"], HOST["ansible_port"]) == ("127.44.19.66", 2222)
    assert GROUP["vars"]["ansible_user"] == "siteauto"
    assert GROUP["vars"]["ansible_ssh_private_key_file"] == "/state/key"
    options = GROUP["vars"]["ansible_ssh_common_args"]
    assert "StrictHostKeyChecking=yes" in options
    assert "'UserKnownHostsFile=\"/state/known hosts\"'" in options
    assert "IdentitiesOnly=yes" in options


def test_without_a_key_ssh_looks_for_its_own():
    whole = build_inventory(SITE, INTENTS, hosts={NAME: ("h", 22)}, login=replace(LOGIN, key_file=None))
    variables = whole["all"]["children"]["site_servers"]["vars"]
    assert "ansible_ssh_private_key_file" not in variables
    assert "IdentitiesOnly" not in variables["ansible_ssh_common_args"]


def test_every_server_must_have_a_place():
    with pytest.raises(KeyError, match=NAME):
        build_inventory(SITE, INTENTS, hosts={}, login=LOGIN)


def test_a_scope_for_every_subnet_with_dhcp():
    wanted = [subnet.role for subnet in SITE.subnets if subnet.dhcp != "none"]
    assert sorted(each["role"] for each in HOST["dnsmasq_scopes"]) == sorted(wanted)


def test_phones_and_nobody_else_learn_the_call_servers():
    assert scope("voice")["tftp_servers"] == ["10.10.4.11", "10.10.4.12"]
    assert [each["role"] for each in HOST["dnsmasq_scopes"] if each["tftp_servers"]] == ["voice"]


def test_who_may_ask_for_names_may_ask_for_the_time():
    assert scope("corp")["ntp_servers"] == scope("corp")["dns_servers"] == ["10.44.19.66"]
    assert (scope("guest")["dns_servers"][0], scope("guest")["ntp_servers"]) == ("9.9.9.9", [])
    assert (scope("pos")["dns_servers"], scope("pos")["ntp_servers"]) == ([], [])


def test_access_points_have_reservations_and_management_has_no_pool():
    mgmt = scope("mgmt")
    assert mgmt["static"]
    assert {"name": "ap1", "mac": "68:e5:9e:10:2a:40", "address": "10.44.19.43"} in mgmt["reservations"]


def test_names_of_all_devices_with_the_full_one_first():
    records = {record["address"]: record["names"] for record in GROUP["vars"]["dnsmasq_hosts"]}
    assert len(records) == len(SITE.devices)
    assert records["10.44.19.34"] == ["us-nyc-mad01-sw1.net.maisonverre.example", "us-nyc-mad01-sw1"]


def test_radius_clients_are_the_boxes_that_let_people_in():
    names = [client["name"].rsplit("-", 1)[1] for client in GROUP["vars"]["freeradius_clients"]]
    assert names == ["sw1", "sw2", "wlc1"]


def test_an_access_point_without_a_controller_asks_radius_itself():
    alone = [replace(each, platform="openwrt" if each.short == "ap2" else each.platform) for each in SITE.devices]
    whole = build_inventory(replace(SITE, devices=tuple(alone)), INTENTS, hosts={NAME: ("h", 22)}, login=LOGIN)
    clients = whole["all"]["children"]["site_servers"]["vars"]["freeradius_clients"]
    assert [client["name"].rsplit("-", 1)[1] for client in clients] == ["sw1", "sw2", "wlc1", "ap2"]


def test_secrets_are_references_and_the_rest_is_plain_data():
    assert secret_variables(WHOLE) == {"freeradius_secret": SecretRef(name="us-nyc-mad01/radius")}
    assert secret_variables({"all": {}}) == {}
    assert json.loads(json.dumps(WHOLE)) == WHOLE
