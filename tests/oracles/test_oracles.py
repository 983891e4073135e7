"""What other comparers say of the corpus, against what siteauto says. Every disagreement is decided here, in words.

Two questions for each case: is there drift at all, and do the other tool's own commands, typed into our model of the
device, lead to the intended configuration? The second one checks that model with commands that we did not make.
None of these tools is used by siteauto.
"""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from siteauto.core.config import SecretBook, apply, diff, normalise, to_candidate
from siteauto.platforms.cisco_ios import CONFIG as IOS

CORPUS = Path(__file__).parents[1] / "corpus" / "cisco_ios"
NAMES = sorted(path.parent.name for path in CORPUS.glob("*/running.txt"))
BOOK = SecretBook(
    values={
        "lab/local_admin": "Correct-Horse-9",
        "lab/enable": "Battery-Staple-8",
        "lab/radius": "radius-key-7",
        "lab/tacacs": "tacacs-key-7",
        "lab/ntp": "ntp-key-7",
        "lab/snmp_auth": "snmp-auth-key",
        "lab/snmp_priv": "snmp-priv-key",
        "lab/wlan": "wlan password",
    },
    key=b"corpus",
)

# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

SALT = "siteauto is right: only the salt of a hash, or the stored form of a known secret, differs"
SAME = "siteauto is right: the two texts say the same in other words, and the device holds them in one form"
ORDER = "siteauto is right: entries match in their order, which this tool does not look at or does not bring about"
OWNED = "siteauto is right: what the device brings by itself is no drift where the intent is silent"
TEXT = "siteauto is right: blanks, remarks and comment signs within a text are part of it"
BODY = "siteauto is right: a text of several lines is one thing, and its lines are no commands"
NUMBERS = "siteauto is right: the numbers of entries mean nothing but their order"
STOPS = "siteauto is right: the tool stops at a text that devices print or accept"
LEFT = "siteauto is right: these commands leave an old line behind, or miss what the device drops by itself"
TOKEN = "nobody is wrong: our tree holds a token for the unknown secret, which the tool's removal cannot name"

DRIFT = {
    "annet": {},
    "hier_config": {
        "acl_legacy_reorder": ORDER,
        "acl_numbers_only": NUMBERS,
        "banner_delimiter": STOPS,
        "blanks_that_mean_nothing": SAME,
        "certificate_identical": STOPS,
        "certificate_is_the_devices_own": STOPS,
        "certificate_with_repeated_lines": STOPS,
        "description_double_space": TEXT,
        "hidden_no_shutdown": SAME,
        "secret_hashed_anew": SALT,
        "secret_of_an_unknown_name": SALT,
        "secret_verified": SALT,
        "section_twice": STOPS,
        "snmp_user_revealed": SALT,
        "trunk_add_line": SAME,
        "what_the_device_owns": OWNED,
    },
    "ncdiff": {
        "acl_numbers_only": NUMBERS,
        "banner_comment_lines_changed": TEXT,
        "banner_delimiter": SAME,
        "blanks_that_mean_nothing": SAME,
        "certificate_is_the_devices_own": OWNED,
        "hidden_no_shutdown": SAME,
        "secret_hashed_anew": SALT,
        "secret_of_an_unknown_name": SALT,
        "secret_verified": SALT,
        "separators_and_blanks": SAME,
        "snmp_user_revealed": SALT,
        "trunk_add_line": SAME,
        "what_the_device_owns": OWNED,
    },
    "netutils": {
        "acl_deny_would_move": ORDER,
        "acl_legacy_reorder": ORDER,
        "acl_numbers_only": NUMBERS,
        "acl_permit_moves_around_deny": ORDER,
        "acl_reorder": ORDER,
        "banner_comment_lines_changed": TEXT,
        "blanks_that_mean_nothing": SAME,
        "certificate_is_the_devices_own": OWNED,
        "hidden_no_shutdown": SAME,
        "secret_hashed_anew": SALT,
        "secret_of_an_unknown_name": SALT,
        "secret_verified": SALT,
        "section_twice": STOPS,
        "separators_and_blanks": SAME,
        "snmp_user_revealed": SALT,
        "trunk_add_line": SAME,
        "what_the_device_owns": OWNED,
    },
}
COMMANDS = {
    "annet": {"banner_text_changed": BODY},
    "hier_config": {
        "acl_legacy_reorder": ORDER,
        "acl_remark_only": TEXT,
        "address_secondary_changed": LEFT,
        "banner_delimiter": STOPS,
        "banner_holds_the_delimiter": BODY,
        "certificate_identical": STOPS,
        "certificate_is_the_devices_own": STOPS,
        "certificate_with_repeated_lines": STOPS,
        "description_double_space": TEXT,
        "section_twice": STOPS,
        "snmp_community_unknown": TOKEN,
        "vrf_takes_the_address": LEFT,
    },
    "ncdiff": {
        "acl_deny_would_move": ORDER,
        "acl_legacy_reorder": ORDER,
        "acl_permit_moves_around_deny": ORDER,
        "acl_reorder": ORDER,
        "address_secondary_changed": LEFT,
        "banner_comment_lines_changed": TEXT,
        "banner_delimiter": BODY,
        "banner_holds_the_delimiter": BODY,
        "banner_removed": BODY,
        "banner_text_changed": BODY,
        "section_that_no_rule_knows": LEFT,
        "snmp_community_unknown": TOKEN,
        "vrf_takes_the_address": LEFT,
    },
}

# ── the tools ────────────────────────────────────────────────────────────────────────────────────────────────────────


def ask_hier_config(running: str, intended: str, _folder: Path) -> list[str]:
    import hier_config

    ios = hier_config.Platform.CISCO_IOS
    work = hier_config.WorkflowRemediation(
        hier_config.get_hconfig(ios, running), hier_config.get_hconfig(ios, intended)
    )
    return [line.cisco_style_text() for line in work.remediation_config.all_children_sorted()]


def ask_ncdiff(running: str, intended: str, _folder: Path) -> list[str]:
    from ncdiff.runningconfig import RunningConfigDiff

    return str(RunningConfigDiff(running, intended).cli).splitlines()


def ask_netutils(running: str, intended: str, _folder: Path) -> list[str]:
    """Not commands: the lines that stand on one side only."""
    from netutils.config.compliance import diff_network_config

    sides = ((intended, running), (running, intended))
    return [line for one, other in sides for line in diff_network_config(one, other, "cisco_ios").splitlines()]


def ask_annet(running: str, intended: str, folder: Path) -> list[str]:
    files = [folder / "running.cfg", folder / "intended.cfg"]
    for file, text in zip(files, (running, intended), strict=True):
        file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "annet.annet", "file-patch", "--hw", "Cisco Catalyst", *map(str, files)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line for line in shown.splitlines() if line.strip() and not re.match(r"# -+ ", line)]


TOOLS = {"annet": ask_annet, "hier_config": ask_hier_config, "ncdiff": ask_ncdiff, "netutils": ask_netutils}
# Starting annet takes seconds: it is asked where it is known to be good, and once where it is not.
ASKED = {"annet": ["trunk_vlan_removed", "routes_change_next_hop", "banner_text_changed", "shutdown_removed"]}
STOPPED = object()


def answer(tool: str, name: str, folder: Path) -> object:
    if find_spec(tool) is None:
        pytest.skip(f"{tool} is not installed: this oracle is missing")
    try:
        return TOOLS[tool](read(name, "running"), read(name, "intended"), folder)
    except (ValueError, IndexError):
        return STOPPED
    except Exception as error:
        if type(error).__name__ != "DuplicateChildError":  # hier_config's own, which its package does not export
            raise
        return STOPPED


def read(name: str, side: str) -> str:
    return (CORPUS / name / f"{side}.txt").read_text(encoding="utf-8")


def pairs(tools: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    return [(tool, name) for tool in tools for name in ASKED.get(tool, NAMES)]


# ── the tests ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("tool", "name"), pairs(DRIFT))
def test_both_see_drift_or_none(tool: str, name: str, tmp_path: Path):
    running, intended = (normalise(IOS, read(name, side), secrets=BOOK) for side in ("running", "intended"))
    theirs = answer(tool, name, tmp_path)
    agreed = theirs is not STOPPED and bool(theirs) == bool(diff(running, intended).significant)
    assert agreed != (name in DRIFT[tool]), DRIFT[tool].get(name, "an undecided disagreement")


@pytest.mark.parametrize(("tool", "name"), pairs(COMMANDS))
def test_their_commands_lead_to_the_intended_configuration(tool: str, name: str, tmp_path: Path):
    running, intended = (normalise(IOS, read(name, side), secrets=BOOK) for side in ("running", "intended"))
    theirs = answer(tool, name, tmp_path)
    leads = (
        isinstance(theirs, list)
        and not diff(normalise(IOS, to_candidate(apply(running, theirs)), secrets=BOOK), intended).significant
    )
    assert leads != (name in COMMANDS[tool]), COMMANDS[tool].get(name, "an undecided disagreement")


def test_every_verdict_is_about_a_case():
    assert {name for table in (DRIFT, COMMANDS) for verdicts in table.values() for name in verdicts} <= set(NAMES)
