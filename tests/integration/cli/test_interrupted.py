"""Ctrl-C, and worse, while a factory-new site is provisioned: every device is then as it was before."""

import re
import signal

import pytest
from tests.operators import SITE

SWITCHES = ("sw1", "sw2", "wlc1")
CLOCKS = re.compile(
    r"^(?:! Last configuration change|! NVRAM config last|Current configuration :|!$|#conf_file_ver|Using \d+ out of).*\n",
    re.MULTILINE,
)
# What is on the screen when Ctrl-C is pressed. Devices are armed outside-in, the firewall last.
MOMENTS = {
    "connecting": "connect 4 devices",
    "staged": f"{SITE}-wlc1 +staged",
    "half of the devices armed": f"{SITE}-sw1 +armed until",
    "verifying": "verify over fresh connections",
}


def held(operator):
    """What every device runs and keeps, without its clocks and counters."""
    texts = {}
    for device in SWITCHES:
        for which in ("running", "startup"):
            texts[device, which] = CLOCKS.sub("", operator.console(device, f"show {which}-config"))
    texts["fw1", "running"] = CLOCKS.sub("", operator.console("fw1", "show full-configuration"))
    return texts


def nothing_of_ours(operator):
    """No timer, no candidate and no undo of a run is left on any device."""
    for device in SWITCHES:
        assert "No Rollback Confirmed Change pending" in operator.console(device, "show archive config rollback timer")
        assert "siteauto-" not in operator.console(device, "dir flash:")
    for table in ("action", "trigger", "stitch"):
        assert "siteauto-" not in operator.console("fw1", f"show system automation-{table}")


def provision_until(operator, pattern, number):
    """Provision, and send a signal when the progress shows this. Returns exit code, output and the progress."""
    process = operator.start("provision", SITE, "--yes", "--settle", "0.1", "--diff-lines", "1")
    seen = ""
    for line in process.stderr:
        seen += line
        if re.search(pattern, line):
            process.send_signal(number)
            break
    out, err = process.communicate(timeout=300)
    return process.returncode, out, seen + err


@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_leaves_every_device_as_it_was(lab, moment):
    before = held(lab)
    code, out, err = provision_until(lab, MOMENTS[moment], signal.SIGINT)
    assert code == 130, out + err
    assert "Traceback" not in err
    if moment == "connecting":
        assert f"{SITE}: stopped before anything was changed" in err
        assert err.rstrip().endswith("Interrupted.")
    else:
        assert f"network: nothing has changed at {SITE}: " in out
        assert "  why: it was interrupted" in out
    assert ("read again and is as it was before" in out) == (moment in ("half of the devices armed", "verifying"))
    assert held(lab) == before
    nothing_of_ours(lab)


def test_a_run_that_is_killed_while_armed_undoes_itself_and_the_next_one_says_so(lab):
    before = held(lab)
    code, _, _ = provision_until(lab, f"{SITE}-fw1 +armed until", signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert held(lab) != before
    refused = lab.expect(2, "provision", SITE, "--yes")
    assert "was left unfinished" in refused.err
    assert f"siteauto resume {SITE}" in refused.err
    lab.lab("clock", "+700s")
    assert held(lab) == before
    lab.expect(0, "resume", SITE)
    assert "plan: 4 devices would change" in lab.expect(4, "plan", SITE).lines
