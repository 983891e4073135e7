"""Where the form of each lab answer comes from, as a page: generated from the answers themselves."""

from pathlib import Path

from siteauto.lab.devices.arista_eos.answers import ANSWERS as EOS_ANSWERS
from siteauto.lab.devices.cisco_ios.answers import ANSWERS as IOS_ANSWERS

PAGE = Path(__file__).parents[2] / "src" / "siteauto" / "lab" / "FIDELITY.md"
HEADING = """\
# How true the lab's answers are

Generated from the answers: `pytest tests/golden/test_lab_fidelity.py --update`.

Every answer is computed from the box's configuration, its cables and the clock; this page says where its *form* was
seen. *Recording*: a real device printed it, and a test holds both against each other. *Manual*: taken from published
output that is not among the recordings. *Guess*: nobody has shown us; do not build on its details.

"""
TABLE = "| Command | Boxes | Form | Where |\n|---|---|---|---|\n"


def test_the_page_says_what_the_answers_say(expect_text):
    ios = [(command, ", ".join(one.roles) or "all", one.source) for one in IOS_ANSWERS for command in one.commands]
    eos = [(command, "all", one.source) for one in EOS_ANSWERS for command in one.commands]
    expect_text(PAGE, f"{HEADING}{section('Arista EOS', eos)}\n{section('Cisco IOS-XE', ios)}")


def section(title, answers):
    """One vendor's answers: (command, boxes, source)."""
    rows = [
        f"| `{command}` | {boxes} | {kind.rstrip(':')} | {where} |"
        for command, boxes, source in answers
        for kind, _, where in [source.partition(" ")]
    ]
    return f"## {title}\n\n{TABLE}" + "\n".join(sorted(rows)) + "\n"
