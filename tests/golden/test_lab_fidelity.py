"""Where the form of each lab answer comes from, as a page: generated from the answers themselves."""

from pathlib import Path

from siteauto.lab.devices.cisco_ios.answers import ANSWERS

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
    rows = [
        f"| `{command}` | {', '.join(answer.roles) or 'all'} | {kind.rstrip(':')} | {where} |"
        for answer in ANSWERS
        for command in answer.commands
        for kind, _, where in [answer.source.partition(" ")]
    ]
    expect_text(PAGE, f"{HEADING}## Cisco IOS-XE\n\n{TABLE}" + "\n".join(sorted(rows)) + "\n")
