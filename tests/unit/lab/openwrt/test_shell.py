"""The shell of a simulated OpenWrt box: what it runs, what it refuses, and how a change comes and goes."""

import pytest
from tests.unit.lab.openwrt.conftest import BASE, SID

REFUSALS = {
    "uci set foo.x.y=1": "uci: Entry not found",
    "uci set network.nope.y=1": "uci: Invalid argument",
    "uci set network.a-b=interface": "uci: Invalid argument",
    "uci set network.lan.a-b=1": "uci: Parse error",
    "uci set network.x='a b'": "uci: Invalid argument",
    "uci delete network.nope": "uci: Entry not found",
    "uci delete network.lan.nope": "uci: Entry not found",
    "uci add nope x": "uci: Entry not found",
    "uci export nope": "uci: Entry not found",
    "uci set network.@bridge-vlan[9].vlan=3": "uci: Invalid argument",
    "ubus call uci apply": "Command failed: Invalid argument",
    "ubus call uci frob": "Command failed: Method not found",
    "ubus call frob it": "Command failed: Not found",
    "ubus call system board '{'": "Command failed: Invalid argument",
    "show running-config": "-ash: show: not found",
    'printf "%s\\n%s\\n" "${secret:?}" "$secret" | passwd root': "-ash: secret: parameter not set or null",
}


@pytest.mark.parametrize("line", REFUSALS)
def test_refuses_as_the_programs_do(box, line):
    """The first eleven were typed into a real `uci`."""
    shell = box.shell()
    assert shell.receive(line).text == REFUSALS[line] + "\n"
    assert shell.failed
    assert box.deltas == {}


def test_takes_a_line_apart_as_a_shell_does(box):
    shell = box.shell()
    assert shell.receive("uci get network.nope || echo 'a;b' \"$x\"c; true && echo $?").text.splitlines() == [
        "uci: Entry not found",
        "a;b c",
        "0",
    ]
    assert shell.receive("echo 'one").prompt == "> "
    assert shell.receive("two'").text == "one\ntwo\n"


def test_what_a_session_stages_is_nobody_elses(box):
    shell, other = box.shell(), box.shell()
    shell.receive(f'uci() {{ command uci -t /var/run/rpcd/uci-{SID} "$@"; }}')
    shell.receive("uci set system.@system[0].hostname='ap9'")
    assert "ap9" in shell.receive("uci export").text
    assert other.receive("uci changes").text == ""
    assert "ap9" not in other.receive("uci export").text
    assert box.hostname == "OpenWrt"


def test_an_apply_is_live_at_once_and_undone_when_its_time_is_up(box):
    sid = box.staged("uci set system.@system[0].hostname='ap9'")
    box.call("apply", sid, '"rollback":true,"timeout":60')
    assert (box.hostname, box.box.committed is box.box.running) == ("ap9", False)
    box.clock.advance(59)
    assert box.hostname == "ap9"
    box.clock.advance(2)
    assert box.hostname == "OpenWrt"
    assert box.call("confirm", sid) == "Command failed: No response\n"
    assert "ap9" in "".join(box.deltas[f"/var/run/rpcd/uci-{sid}"]), "the session has its change staged again"


def test_one_apply_at_a_time_and_its_own_session_alone_confirms(box):
    mine, yours = (box.staged(f"uci set system.@system[0].hostname='{name}'") for name in ("mine", "yours"))
    box.call("apply", mine, '"rollback":true,"timeout":60')
    assert box.call("apply", yours, '"rollback":true,"timeout":60') == "Command failed: Permission denied\n"
    assert box.call("confirm", yours) == "Command failed: Permission denied\n"
    assert box.call("rollback", yours) == "Command failed: Permission denied\n"
    assert box.call("confirm", mine) == ""
    box.clock.advance(120)
    assert box.hostname == "mine"


def test_a_power_cut_keeps_the_change_and_forgets_its_timer(box):
    sid = box.staged("uci set system.@system[0].hostname='ap9'")
    box.call("apply", sid, '"rollback":true,"timeout":60')
    box.box.power(on=False)
    box.box.power(on=True)
    box.clock.advance(120)
    assert box.hostname == "ap9"
    assert (box.box.rpcd.pending, box.box.rpcd.sessions) == (None, {})


def test_a_session_without_the_right_applies_nothing(box):
    sid = box.staged("uci set system.@system[0].hostname='ap9'", grant=False)
    assert box.call("apply", sid, '"rollback":true') == "Command failed: Permission denied\n"
    assert box.call("apply", SID, '"rollback":true') == "Command failed: No response\n"
    assert box.hostname == "OpenWrt"


def test_services_that_procd_does_not_reload_wait_for_their_restart(box):
    shell = box.shell()
    shell.receive("uci set lldpd.config.interface='none'")
    shell.receive("uci commit; reload_config")
    assert any(port.lldp for port in box.box.state().ports)
    job = '-x /bin/sh -- -c "sleep 5; /etc/init.d/lldpd restart"'
    assert shell.receive(f"start-stop-daemon -S -b {job}").text == "/bin/sh is already running\n"
    shell.receive(f"start-stop-daemon -S -b -n siteauto {job}")
    box.clock.advance(6)
    assert not any(port.lldp for port in box.box.state().ports)


def test_hostapd_sends_only_what_is_whole(box):
    shell = box.shell()
    for line in (*BASE, "uci set wireless.w.encryption='sae'", "uci commit", "reload_config"):
        shell.receive(line)
    assert box.box.network.on_air() == ()
    shell.receive("uci set wireless.w.key='long enough'; uci commit; reload_config")
    (air,) = box.box.network.on_air()
    assert (air.interface, air.ssid, air.encryption) == ("phy0-ap0", "Shop", "WPA3 SAE (CCMP)")
    told = shell.receive("iw dev").text.splitlines()
    assert told[:2] == ["phy#0", "\tInterface phy0-ap0"]
    assert {"\t\tssid Shop", "\t\ttype AP", "\t\tchannel 6 (2437 MHz), width: 20 MHz, center1: 2437 MHz"} <= set(told)
