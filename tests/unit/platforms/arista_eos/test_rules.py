"""What the platform file says of EOS: secrets, sessions, readings."""

import json
import re

import pytest

from siteauto.core.config import OPAQUE, SecretBook, diff, normalise, seal
from siteauto.core.config.sha_crypt import is_sha_crypt, sha512_crypt
from siteauto.core.config.stored_forms import type7
from siteauto.core.guard import is_read_only
from siteauto.core.redact import redact
from siteauto.lab.devices.arista_eos.storage import stored
from siteauto.platforms.arista_eos import CONFIG, PLATFORM, PREFLIGHT, PUSH, TRUNKS
from siteauto.workflows.push_steps import fill

BOOK = SecretBook(values={"s/admin": "Correct-Horse-9", "s/snmp": "snmp-pass-2026"}, key=b"test")
SALT = bytes(range(16))


@pytest.mark.parametrize(
    "line",
    [
        "username bob privilege 15 role network-admin secret VANISH",
        "username bob secret sha512 VANISH",
        "enable password sha512 VANISH",
        "enable secret VANISH",
        "tacacs-server host 10.0.0.1 key 7 VANISH",
        "tacacs-server key VANISH",
        "radius-server host 10.0.0.1 vrf mgmt timeout 1 retransmit 2 key VANISH",
        "ntp authentication-key 1 sha1 7 VANISH",
        "ntp authentication-key 1 sha1 8a VANISH",
        "snmp-server community VANISH ro",
        "snmp-server host 10.0.0.1 version 2c VANISH",
        "snmp-server user eve ops v3 auth sha256 VANISH priv aes256 VANISH",
        "snmp-server user eve ops v3 localized f5717f001c7300aabb00 auth sha256 VANISH priv aes256 VANISH",
    ],
)
def test_secrets_vanish(line):
    assert "VANISH" not in redact(CONFIG, line, b"key")


@pytest.mark.parametrize(
    "line",
    [
        "username bob privilege 15 role network-admin nopassword",
        "aaa authentication login default group OPERATORS local",
        "ntp trusted-key 1",
        "snmp-server group MANAGERS v3 priv read EVERYTHING",
        "snmp-server host 10.0.0.1 version 3 priv netmon",
        "management security\n   password minimum length 15",
        "interface Ethernet1\n   description the key to everything",
        "tacacs-server timeout 3",
    ],
)
def test_what_is_no_secret_stays(line):
    assert redact(CONFIG, line, b"key") == line


def test_a_password_leaves_as_a_hash_and_is_known_again():
    sealed = seal(CONFIG, "username a secret secret://s/admin", BOOK.values.__getitem__, lambda: SALT)
    kind, hashed = sealed.split()[-2:]
    assert kind == "sha512"
    assert is_sha_crypt(hashed, "Correct-Horse-9")
    intended = normalise(CONFIG, "username a secret secret://s/admin", secrets=BOOK)
    assert not diff(normalise(CONFIG, sealed, secrets=BOOK), intended).significant
    other = f"username a secret sha512 {sha512_crypt('Wrong', SALT)}"
    assert diff(normalise(CONFIG, other, secrets=BOOK), intended).significant


def test_a_key_is_compared_by_its_value():
    running = normalise(CONFIG, f"tacacs-server key 7 {type7('snmp-pass-2026', SALT)}", secrets=BOOK)
    assert not diff(running, normalise(CONFIG, "tacacs-server key secret://s/snmp", secrets=BOOK)).significant


def test_an_snmp_user_is_the_same_before_and_after_the_box_has_bound_it_to_itself():
    typed = "snmp-server user netmon ops v3 auth sha256 snmp-pass-2026 priv aes256 snmp-pass-2026"
    shown = stored(typed, engine="f5717f001c7300aabb00")
    assert " v3 localized f5717f001c7300aabb00 auth sha256 " in shown
    assert not diff(normalise(CONFIG, shown, secrets=OPAQUE), normalise(CONFIG, typed, secrets=OPAQUE)).significant
    other = typed.replace("ops", "others")
    assert diff(normalise(CONFIG, shown, secrets=OPAQUE), normalise(CONFIG, other, secrets=OPAQUE)).significant


# The data of two generations of EOS, as napalm#2166 has published them.
OLD = {
    "sessions": {
        "siteauto-t1": {
            "state": "pendingCommitTimer",
            "completedTime": 1739832190.84,
            "commitBy": 1739835851.82,
            "commitUser": "ops",
            "description": "",
            "instances": {},
        }
    },
    "maxSavedSessions": 1,
}
NEW = {
    "sessions": {"siteauto-t1": {"state": "committed", "completedTime": 1739832020.18, "instances": {}}},
    "commitTimerSessionName": "siteauto-t1",
    "commitTimerExpireTime": 4242.0,
}
DONE = {"sessions": {"siteauto-t1": {"state": "committed", "instances": {}}}}
OPEN = {"sessions": {"bob": {"state": "pending", "instances": {}}}}


@pytest.mark.parametrize(
    ("data", "ours", "free"),
    [
        (OLD, True, False),
        (NEW, True, False),
        (DONE, False, True),
        (OPEN, False, False),
        ({"sessions": {}}, False, True),
    ],
)
def test_timers_and_sessions_are_told_apart(data, ours, free):
    text = json.dumps(data, indent=4)
    pattern = fill(PUSH[0].pending_pattern, {"token": "t1"})
    assert bool(re.search(pattern, text, re.MULTILINE)) is ours
    assert not re.search(fill(PUSH[0].pending_pattern, {"token": "t2"}), text, re.MULTILINE)
    assert bool(re.search(PREFLIGHT[1].expect, text, re.MULTILINE)) is free


@pytest.mark.parametrize(
    ("version", "fits"), [("4.22.9M", False), ("4.23.0F", True), ("4.32.2F", True), ("4.9.1", False)]
)
def test_old_software_is_refused(version, fits):
    text = f"Arista X\nSoftware image version: {version}\n"
    assert bool(re.search(PREFLIGHT[0].expect, text, re.MULTILINE)) is fits


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        ("show running-config", True),
        ("show configuration sessions detail | json", True),
        ("show running-config | redirect flash:x", False),
        ("show running-config > flash:x", False),
        ("show running-config | tee flash:x", False),
        ("configure session x", False),
        ("show version\nreload now", False),
        ("bash timeout 1 ls", False),
    ],
)
def test_only_what_changes_nothing_is_read_only(command, allowed):
    assert is_read_only(PLATFORM, command) is allowed


def test_a_box_is_known_without_the_way_of_its_air():
    assert PLATFORM.model_named("CCS-720XP-48ZC2-F") == "CCS-720XP-48ZC2"
    box = PLATFORM.hardware_of("CCS-720XP-48ZC2")
    assert (len(box.ports), box.ports[0], box.ports[-1], box.uplinks[0]) == (
        54,
        "Ethernet1",
        "Ethernet54/1",
        "Ethernet49",
    )
    assert re.fullmatch(box.serial_pattern, "JPE19181543")


def test_a_port_for_a_phone_is_neither_access_nor_trunk():
    read = PLATFORM.checks["interfaces"].read
    phone, access = read(
        [
            {"port": "Et3", "status": "connected", "vlan_id": "trunk"},
            {"port": "Et4", "status": "notconnect", "vlan_id": "90"},
        ]
    )
    assert (phone.name, phone.mode, phone.vlan, phone.link_up) == ("Ethernet3", "", None, True)
    assert (access.name, access.mode, access.vlan, access.link_up) == ("Ethernet4", "access", 90, False)


def test_trunks_are_read_from_two_tables():
    from siteauto.adapters.textfsm_parser import TextFsmParser
    from siteauto.core.platform_spec import TextFsm

    text = (
        "Port            Mode            Status          Native vlan\n"
        "Et1             trunk           trunking        999\n\n"
        "Port            Vlans allowed\nEt1             10,30-32\n\n"
        "Port            Vlans allowed and active in management domain\nEt1             10\n"
    )
    rows = TextFsmParser().parse(PLATFORM, TextFsm(template=TRUNKS), "show interfaces trunk", text)
    (trunk,) = PLATFORM.checks["trunks"].read(rows)
    assert (trunk.port, trunk.native_vlan, trunk.allowed) == ("Ethernet1", 999, (10, 30, 31, 32))
