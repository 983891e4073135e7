"""Any plan, any limit: the comment fits, is well-formed, and says what it leaves out."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.forges.plans import a_change, device_of, hunk_of, plan_of

from siteauto.core.change.offline_plan import below
from siteauto.core.change.read_offline_plan import read_offline_plan
from siteauto.core.change.three_way import Label
from siteauto.core.errors import UsageError
from siteauto.core.forge import GITHUB_COMMENT, GITLAB_COMMENT, JOB_SUMMARY, Budget, count_bytes
from siteauto.reporters.offline_plan import offline_plan_json
from siteauto.reporters.plan_findings import plan_annotations, plan_code_quality, plan_sarif, workflow_commands
from siteauto.reporters.plan_markdown import LADDER, plan_comment
from siteauto.reporters.safe_text import UNSAFE, fenced

HEAD = "b" * 40
TAGS = {"details", "/details", "summary", "/summary", "br"}
NASTY = [
    "@all",
    "#12",
    "!7",
    "```",
    "~~~",
    "</details>",
    "<!-- siteauto-report",
    "\u202e",
    "\x1b[2J",
    "|",
    "\\",
    "](x)",
    "\r\n",
    "a",
]
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), max_size=12).map("".join)
hunks = st.builds(
    lambda text, label, base: hunk_of(f"+{text}\n", label=label, base=tuple(base)),
    texts,
    st.sampled_from(list(Label)),
    st.lists(texts, max_size=3),
)
devices = st.builds(
    lambda number, site, hunks, trouble: device_of(number, site=site, hunks=hunks, trouble=trouble),
    st.integers(0, 400),
    st.sampled_from(["us-nyc-mad01", "us-bos-new01", "us-chi-mag01"]),
    st.lists(hunks, max_size=4),
    texts,
)
plans = st.builds(
    lambda devices, warnings, copies: plan_of(HEAD, *devices * copies, warnings=tuple(warnings)),
    st.lists(devices, max_size=5),
    st.lists(texts, max_size=3),
    st.sampled_from([1, 1, 40]),
)
budgets = st.one_of(
    st.sampled_from([GITHUB_COMMENT, GITLAB_COMMENT, JOB_SUMMARY]),
    st.integers(4_000, 30_000).map(lambda limit: Budget(limit=limit)),
    st.integers(6_000, 30_000).map(lambda limit: Budget(limit=limit, unit="bytes", count=count_bytes)),
)


def outside_fences(text):
    """What of a Markdown text is not in a block of code; every block is closed by a fence of its own length."""
    outside, fence = [], ""
    for line in text.split("\n"):
        opened = re.match(r"(`{3,})", line)
        if fence:
            if line.strip("`") == "" and len(line) >= len(fence):
                fence = ""
        elif opened:
            fence = opened[1]
        else:
            outside.append(line)
    assert not fence, "a block of code is not closed"
    return "\n".join(outside)


def check_markdown(text):
    import unicodedata

    assert not {
        character
        for character in text
        if unicodedata.category(character) in UNSAFE - {"Cf"} and character not in "\n\t"
    }
    assert set(re.findall(r"[\u202a-\u202e\u2066-\u2069]", text)) == set()
    prose = outside_fences(text)
    tags = re.findall(r"<([^>]*)>?", prose)
    assert set(tags) <= TAGS, tags
    assert tags.count("details") == tags.count("/details")
    assert not re.search(r"@\w|#\w|(?<!&)[!~]\w", prose.replace("\\~", "~")), prose
    rows = [line for line in prose.split("\n") if line.startswith("|")]
    for row in rows:
        bare = re.sub(r"\\.", "", row)
        assert bare.count("|") in (4, 5), row


@settings(max_examples=examples(25), deadline=None)
@given(plans, budgets)
def test_any_plan_fits_any_forge_and_is_well_formed(plan, budget):
    text = plan_comment(plan, budget, "https://forge.example/run/1")
    assert budget.count(text) <= budget.limit * 0.95
    check_markdown(text)
    assert plan_comment(plan, budget, "https://forge.example/run/1") == text


@given(texts)
def test_a_fence_is_longer_than_any_run_of_backticks(text):
    opened, shown, closed = fenced(text)
    assert "\r" not in shown
    longest = max(map(len, re.findall("`+", shown)), default=0)
    assert len(closed) > longest
    assert opened == closed


def big(hunk_count, device_count, lines=3):
    devices = [
        device_of(
            number,
            site=f"us-nyc-{number % 26 + 97:c}{number % 10}x01",
            hunks=[hunk_of("".join(f"+line {row} of {number % hunk_count}\n" for row in range(lines)))],
        )
        for number in range(device_count)
    ]
    return plan_of(HEAD, *devices)


def test_a_hunk_of_48_devices_stands_once():
    text = plan_comment(a_change(HEAD, 48), GITHUB_COMMENT)
    assert text.count("+ntp server 10.0.0.1") == 1
    assert "48 devices" in text
    assert "Left out" not in text


@pytest.mark.parametrize("count", [10, 400, 2_000])
def test_what_is_left_out_is_counted(count):
    plan = big(count, count, lines=30)
    text = plan_comment(plan, GITHUB_COMMENT, "https://forge.example/run/1")
    assert len(text) <= 65_536 * 0.95
    check_markdown(text)
    if "Left out" in text:
        hunks = int((re.search(r"([\d,]+) hunks?", text) or ["", "0"])[1].replace(",", ""))
        lines = int((re.search(r"([\d,]+) lines?", text.partition("Left out")[2]) or ["", "0"])[1].replace(",", ""))
        shown = text.count("```diff")
        assert hunks + shown == count
        assert lines + len(re.findall(r"^\+line \d+ of", text, re.MULTILINE)) == 30 * count
        assert "](https://forge.example/run/1)" in text


def test_every_rung_of_the_ladder_is_shorter():
    plan = big(60, 3_000, lines=60)
    sizes = [len(plan_comment(plan, Budget(limit=limit))) for limit in (10**7, 300_000, 60_000, 30_000, 10_000, 4_000)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(LADDER) == 9


def test_collisions_are_left_out_last():
    devices = [device_of(number, hunks=[hunk_of(f"+line {number}\n" * 9)]) for number in range(2000)]
    devices.append(device_of(9999, hunks=[hunk_of("+the collision\n", label=Label.COLLISION)]))
    assert "+the collision" in plan_comment(plan_of(HEAD, *devices), GITHUB_COMMENT)


def test_a_link_that_is_none_is_not_made_one():
    text = plan_comment(big(3_000, 3_000), GITHUB_COMMENT, "javascript:alert(1)")
    assert "javascript" not in text


def test_a_plan_is_read_back():
    plan = plan_of(HEAD, device_of(1, hunks=[hunk_of(), hunk_of(label=Label.COLLISION, base=("x",))], trouble="t"))
    text = offline_plan_json(plan)
    assert offline_plan_json(read_offline_plan(text, "plan.json")) == text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": "siteauto/offline-plan/2"}', '{"schema": "siteauto/offline-plan/1"}', "\x00"]
)
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(UsageError):
        read_offline_plan(text, "plan.json")


def test_findings_stand_on_the_line_to_edit_and_the_worst_come_first():
    plan = plan_of(
        HEAD,
        device_of(1, hunks=[hunk_of(), hunk_of("+x\n", label=Label.COLLISION, line=9)]),
        device_of(2, hunks=[hunk_of()]),
    )
    first, second = plan_annotations(plan)
    assert (first.level, first.file, first.line) == ("failure", "inventory/defaults.yaml", 9)
    assert "us-nyc-mad01-sw1, us-nyc-mad01-sw2" in second.title
    (run,) = json.loads(plan_sarif(plan))["runs"]
    assert [one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in run["results"]] == [9, 5]
    assert {one["ruleId"] for one in run["results"]} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {one["location"]["path"] for one in json.loads(plan_code_quality(plan))} == {"inventory/defaults.yaml"}


def test_two_findings_of_one_file_are_never_taken_for_one():
    plan = plan_of(HEAD, *(device_of(number, hunks=[hunk_of(line=number)]) for number in (1, 2)))
    assert len({one["fingerprint"] for one in json.loads(plan_code_quality(plan))}) == 2


def test_a_company_in_a_folder_of_a_larger_repository():
    plan = below(a_change(HEAD), "network/")
    assert {one.file for one in plan_annotations(plan)} == {"network/inventory/defaults.yaml"}
    assert below(plan, "") is plan


def test_a_text_of_a_device_ends_no_workflow_command():
    plan = plan_of(HEAD, device_of(1, hunks=[replace(hunk_of("+x\n::error::y,z%\n"), section="a")]))
    lines = workflow_commands(plan).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(
        "::notice file=inventory/defaults.yaml,line=5,title=siteauto%3A change on us-nyc-mad01-sw1::"
    )
