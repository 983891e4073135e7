"""How Junos is read and compared: the device's own diff, keys of its own making, policies and trunks."""

import pytest

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.change.path_diff import unplanned_paths
from siteauto.core.change.plan import DevicePlan
from siteauto.core.config import SecretBook, carry_over, diff, diff_text, explain, normalise
from siteauto.core.models import DeviceName, Role
from siteauto.platforms.juniper_junos import CHECKS, CONFIG, PLATFORM

STORED = 'snmp { v3 { usm { local-engine { user m { authentication-sha { authentication-key "$9$abc"; } } } } } }'
TYPED = STORED.replace("authentication-key", "authentication-password").replace("$9$abc", "secret://s/snmp")
BOOK = SecretBook(values={"s/snmp": "hello-there"}, key=b"k" * 32)
RUNNING = "interfaces { ge-0/0/1 { description desk; unit 0; } } system { ntp { server 10.0.0.1 key 1; } }"
WANTED = "interfaces { ge-0/0/1 { description till; unit 0; } } system { ntp { server 10.0.0.1 { key 2; } } }"
DEVICE_DIFF = """\
[edit interfaces ge-0/0/1]
-  description desk;
+  description till;
[edit system ntp]
-  server 10.0.0.1 key 1; ## SECRET-DATA
+  server 10.0.0.1 {
+      key 2;
+  }
"""


def plan_with_diff(lines):
    method = PLATFORM.push_method(Role.ACCESS)
    return DevicePlan(
        device=DeviceName("us-bos-jun01-sw2"),
        platform=PLATFORM.name,
        role=Role.ACCESS,
        mode="replace",
        path=(),
        timer=method.timer,
        method=method.name,
        base="",
        candidate="",
        commands=(),
        diff=lines,
    )


def plan(running=RUNNING, wanted=WANTED):
    text = diff_text(diff(normalise(CONFIG, running, secrets=BOOK), normalise(CONFIG, wanted, secrets=BOOK)))
    return plan_with_diff(tuple(text.splitlines()))


def test_words_may_be_grouped_as_the_device_likes():
    groups = DEVICE_DIFF.replace("-  server 10.0.0.1 key 1; ## SECRET-DATA", "-  server 10.0.0.1 { key 1; }")
    assert unplanned_paths(plan(), PLATFORM, groups) == ()


def test_a_line_that_nobody_has_planned_is_found():
    more = f"{DEVICE_DIFF}[edit snmp]\n+  contact me;\n"
    assert unplanned_paths(plan(), PLATFORM, more) == ("+snmp contact me",)


def test_a_secret_in_a_line_that_nobody_has_planned_is_hidden():
    more = '[edit system tacplus-server 10.0.0.1]\n+  secret "$9$abcdef"; ## SECRET-DATA\n'
    assert unplanned_paths(plan(), PLATFORM, more) == ("+system tacplus-server 10.0.0.1 secret ‹›",)


@pytest.mark.parametrize("sign", ["!"])
def test_an_entry_that_moves_must_have_been_planned(sign):
    moved = f"[edit firewall family inet filter f]\n{sign}   term b {{ ... }}\n"
    assert unplanned_paths(plan(), PLATFORM, moved)
    assert not unplanned_paths(plan_with_diff(("~    term b (after term a)",)), PLATFORM, moved)


def test_a_password_that_became_a_key_is_no_drift_and_is_left_as_it_is():
    running, intended = (normalise(CONFIG, text, secrets=BOOK) for text in (STORED, TYPED))
    assert diff_text(diff(running, intended)) == ""
    assert [one.partition(":")[0] for one in explain(diff(running, intended))] == ["cannot-tell"]
    assert '"$9$abc"' in carry_over(CONFIG, STORED, TYPED, secrets=BOOK)
    assert "authentication-password" in carry_over(CONFIG, "snmp { contact me; }", TYPED, secrets=BOOK)
    renamed = TYPED.replace("user m ", "user m2 ")
    assert "authentication-password secret://s/snmp" in carry_over(CONFIG, STORED, renamed, secrets=BOOK)


def test_a_key_that_is_not_changed_is_kept_in_its_stored_form_however_it_is_written():
    stored = 'system { ntp { authentication-key 1 type sha256 value "$9$6zF3C0IEhrMWxp07VY2UDFn6Au1SyKMX-REYg"; } }'
    typed = 'system { ntp { authentication-key 1 { type sha256; value "secret://s/ntp"; } } }'
    book = SecretBook(values={"s/ntp": "radius-key-7"}, key=b"k" * 32)
    assert "secret://" not in carry_over(CONFIG, stored, typed, secrets=book)


def readings(kind, text):
    probe = CHECKS[kind]
    return probe.read(TextFsmParser().parse(PLATFORM, probe.parser, probe.command, text))


def test_policies_are_read_in_their_order_with_their_nat():
    text = """\
set security nat source rule-set from-guest rule 20-surf then source-nat interface
set security policies global policy 10-ask match source-address net-a
set security policies global policy 10-ask match source-address net-b
set security policies global policy 10-ask match destination-address any
set security policies global policy 10-ask match application dns
set security policies global policy 10-ask match from-zone guest
set security policies global policy 10-ask match to-zone mgmt
set security policies global policy 10-ask then deny
set security policies global policy 10-ask then log session-init
set security policies global policy 20-surf match source-address any
set security policies global policy 20-surf then permit
deactivate security policies global policy 20-surf
set security policies from-zone a to-zone b policy old match source-address any
"""
    stranger, ask, surf = readings("policies", text)
    assert (stranger.id, stranger.name, stranger.source_zone) == (0, "old", "a")
    assert (ask.id, ask.name, ask.accept, ask.logged, ask.nat, ask.enabled) == (10, "ask", False, True, False, True)
    assert (ask.sources, ask.destinations, ask.services) == (("net-a", "net-b"), ("all",), ("dns",))
    assert (ask.source_zone, ask.destination_zone) == ("guest", "mgmt")
    assert (surf.id, surf.accept, surf.nat, surf.enabled) == (20, True, True, False)


def test_a_clock_without_a_star_follows_nobody():
    lines = " 10.0.0.1        .INIT.          16 u    -   64    0    0.000    0.000 4000.00\n"
    (found,) = readings("clock", lines)
    assert not found.synchronised
    (found,) = readings("clock", lines + lines.replace(" 10", "*10", 1).replace("16 u", " 2 u"))
    assert (found.synchronised, found.server, found.stratum) == (True, "10.0.0.1", 3)
