"""Where the form of each lab answer comes from, as a page: generated from the answers themselves.

A simulated device that says it has a module `answers` with ANSWERS; SPOKEN are those of commands that do something.
"""

import importlib
import pkgutil
from pathlib import Path

from siteauto.core.models import PlatformName
from siteauto.lab import devices
from siteauto.platforms import load_platforms

PAGE = Path(__file__).parents[2] / "src" / "siteauto" / "lab" / "FIDELITY.md"
HEADING = """\
# How true the lab's answers are

Generated from the answers: `pytest tests/golden/test_lab_fidelity.py --update`.

Every answer is computed from the box's configuration, its cables and the clock; this page says where its *form* was
seen. *Recording*: a real device printed it, and a test holds both against each other. *Manual*: taken from published
output that is not among the recordings. *Guess*: nobody has shown us; do not build on its details.

## Read by the real program

What is rendered for servers is read by sshd, nft, chronyd, dnsmasq, rsyslogd and FreeRADIUS (`-t`, `--check`, `-p`,
`--test`, `-N1`, `-C`), by each release of Debian or Ubuntu that runs the suite, and a line that one rejects fails it
(`tests/unit/servers/test_templates.py`); in the lab's server they run. A machine whose kernel lets nobody load a ruleset
skips nft, and says so.

What is typed into an OpenWrt box is read by a real BusyBox (`tests/unit/platforms/openwrt/test_with_busybox.py`), which also
runs the job that restarts its services. For OpenWrt only UCI is rendered: the files of hostapd and dnsmasq, and the ruleset of fw4, are made on the box by its own
scripts, so there is no text of ours that those programs could read. No package archive has `uci` for Debian, and the suite
does not build it: the commands for the access points of the test site and for the router of us-sea-pik01, day 0 and all,
were fed to one that was built from its source, by hand. It took each, and its export was equal to what is intended. The
real firewall4, run by a ucode built the same way, made a ruleset of the router's configuration without a complaint, with
every rule in it.

"""
TABLE = "| Command | Boxes | Form | Where |\n|---|---|---|---|\n"


def test_the_page_says_what_the_answers_say(expect_text):
    names = sorted(module.name for module in pkgutil.iter_modules(devices.__path__) if module.ispkg)
    expect_text(PAGE, HEADING + "\n".join(text for text in map(section, names) if text))


def section(platform: str) -> str:
    """One vendor's answers."""
    rows = [
        f"| `{command}` | {', '.join(getattr(answer, 'roles', ())) or 'all'} | {kind.rstrip(':')} | {where} |"
        for answer in answers_of(platform)
        for command in answer.commands
        for kind, _, where in [answer.source.partition(" ")]
    ]
    title = load_platforms()[PlatformName(platform)].title
    return f"## {title}\n\n{TABLE}" + "\n".join(sorted(rows)) + "\n" if rows else ""


def answers_of(platform: str) -> tuple:
    package = importlib.import_module(f"{devices.__name__}.{platform}")
    if "answers" not in {module.name for module in pkgutil.iter_modules(package.__path__)}:
        return ()
    module = importlib.import_module(f"{package.__name__}.answers")
    found = (*getattr(module, "ANSWERS", ()), *getattr(module, "SPOKEN", ()))
    return tuple(answer for answer in found if hasattr(answer, "source"))
