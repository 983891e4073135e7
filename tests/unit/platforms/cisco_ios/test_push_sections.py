"""Identity, backup, read-only commands and failures of Cisco IOS, against recordings and the texts of facts."""

import re

import pytest
from tests.captures import read_capture

from siteauto.core.checks.identity import read_identity
from siteauto.core.completeness import find_defects
from siteauto.core.guard import is_read_only
from siteauto.core.models import Role
from siteauto.core.platform_spec import Lines
from siteauto.platforms.cisco_ios import PLATFORM

NTC = "ntc-templates/cisco_ios/show_version/cisco_ios_show_version"


@pytest.mark.parametrize(
    ("capture", "model", "serial"),
    [
        ("oxidized/ios#C9200L-24P-4G_17.09.04a#simulation.yaml", "C9200L-24P-4G", "JAE24FFFFFF"),
        ("oxidized/ios#C9800-L-F-K9_17.06.05#simulation.yaml", "C9800-L-F-K9", "FCL2XXXXXXX"),
        (f"{NTC}4.raw", "C9500-40X", "FCW2233FFG3"),
        (f"{NTC}5.raw", "C9500-48Y4C", "CAT23XXXXXX"),
        (f"{NTC}_special_build.raw", "C9500-40X", "FCW2233FFG3"),
    ],
)
def test_the_box_is_named_as_it_names_itself(capture, model, serial):
    text = re.sub(r"(?m)^    ", "", read_capture(capture))
    found = read_identity(PLATFORM, text)
    assert found is not None
    assert (found.model, found.serial) == (model, serial)


@pytest.mark.parametrize(
    "command",
    [
        "show version",
        "show running-config | include ip scp",
        "ping 10.0.0.1 repeat 5",
        "dir flash:",
        "dir",
        "verify /md5 flash:/x",
    ],
)
def test_commands_that_only_read_are_let_through(command):
    assert is_read_only(PLATFORM, command)


@pytest.mark.parametrize(
    "command",
    [
        "reload",
        "configure terminal",
        "write memory",
        "show running-config | redirect flash:x",
        "show running-config|append flash:x",
        "show version | tee flash:x",
        "show version\nreload",
        "copy running-config startup-config",
        "delete /force flash:x",
        "clear counters",
        "ping",
        "",
        " show version",
        "do show version",
    ],
)
def test_everything_else_is_refused(command):
    assert not is_read_only(PLATFORM, command)


@pytest.mark.parametrize(
    "text",
    [
        "                     ^\n% Invalid input detected at '^' marker.\n",
        "% Incomplete command.\n",
        "%Incomplete command\n",
        '% Ambiguous command:  "sh ver"\n',
        "% 10.1.1.0 overlaps with Vlan10\n",
        'Command rejected: An interface whose trunk encapsulation is "Auto" can not be configured to "trunk" mode.\n',
        "Rollback aborted after 5 passes\n",
        "The original configuration has been successfully restored.\n",
        "%The input file is not a valid config file.\n",
        "%Please turn config archive on before using this command\n",
        "%Error opening flash:/x (No such file or directory)\n",
        "%Error copying flash:/x (Not enough space on device)\n",
    ],
)
def test_complaints_are_heard(text):
    assert any(re.search(pattern, f"Loading\n{text}", re.MULTILINE) for pattern in PLATFORM.failures)


@pytest.mark.parametrize(
    "text",
    [
        "Total number of passes: 1\nRollback Done\n",
        "1234 bytes copied in 0.512 secs (2410 bytes/sec)\n",
        "Building configuration...\n[OK]\n",
        "%Warning: portfast should only be enabled on ports connected to a single\n host.\n",
        "% Generating 2048 bit RSA keys, keys will be non-exportable...\n[OK] (elapsed time was 1 seconds)\n",
        "%Portfast has been configured on GigabitEthernet1/0/1 but will only\n have effect when the interface is in a non-trunking mode.\n",
        "Rollback Confirmed Change: Backing up current running config to flash:archive-1\n",
    ],
)
def test_what_is_no_complaint_is_not_taken_for_one(text):
    assert not [pattern for pattern in PLATFORM.failures if re.search(pattern, text, re.MULTILINE)]


def test_a_configuration_that_was_cut_is_not_whole():
    text = "Building configuration...\n\nversion 17.9\nhostname x\n!\nend\n"
    assert find_defects(PLATFORM.backup, text) == ()
    assert find_defects(PLATFORM.backup, text.removesuffix("end\n"))
    assert find_defects(PLATFORM.backup, text.replace("version 17.9\n", ""))


@pytest.mark.parametrize("role", PLATFORM.roles)
def test_every_role_has_a_timed_push_with_a_way_back(role):
    method = PLATFORM.push_method(role)
    assert method is not None
    assert method.mode == ("merge" if role is Role.WLC else "replace")
    assert method.timer.kind == "native"
    assert method.pending is not None
    armed = " ".join(step.send for step in method.arm if not isinstance(step, Lines))
    assert "{minutes}" in armed
    assert "{file}" in armed
    assert method.revert
    assert method.cleanup
    assert is_read_only(PLATFORM, method.pending.send)
    assert all(is_read_only(PLATFORM, step.send) for step in method.preflight)
