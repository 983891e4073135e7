"""`siteauto report` on forges that behave like real ones, and on their bad days."""

import json
import threading

import pytest

from siteauto.app.forges import ForgeFacts
from siteauto.app.report import post_plan
from siteauto.cli.main import run
from siteauto.core.change.three_way import Label
from siteauto.core.forge.sticky import mark
from siteauto.reporters.offline_plan import offline_plan_json

from .plans import a_change, device_of, hunk_of, plan_of
from .server import SILENT, Answer, always, once

UNAVAILABLE = Answer(502, {"message": "Bad Gateway"})
HANG_UP, SLOW = Answer(0), Answer(SILENT)


@pytest.fixture
def report(forge, monkeypatch, capsys):
    """Runs the verb with a plan; gives its exit code and all that it said."""
    monkeypatch.setenv("HOME", str(forge.folder))
    for name in (
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
        "GITHUB_REF",
        "GITHUB_RUN_ID",
        "CI_PIPELINE_ID",
        "GITHUB_TOKEN",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("siteauto.app.forges.SystemClock", lambda: forge.clock)
    monkeypatch.setattr("siteauto.adapters.forge_patience.TIMEOUT", 1)
    inventory = forge.folder / "inventory"
    inventory.mkdir()
    (inventory / "defaults.yaml").touch()

    def command(plan, *arguments, token="tok-writer", number="1"):
        monkeypatch.setenv("SITEAUTO_FORGE_TOKEN", token)
        file = forge.folder / "plan.json"
        file.write_text(offline_plan_json(plan))
        url = forge.server.api_url if forge.kind == "github" else forge.server.origin
        named = ("--pull-request", number) if number else ()
        where = ("--forge", forge.kind, "--repository", "maison/sites", "--api-url", url, *named)
        files = ("--plan", str(file), "--artifact", str(forge.folder / "artifact"), "--root", str(forge.folder))
        code = run(["report", *where, *files, *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def states(forge):
    return {
        one.get("context") or one["name"]: one.get("state") or one["status"] for one in forge.state.statuses[forge.head]
    }


def test_one_comment_and_one_status_for_each_site(forge, report):
    plan = plan_of(
        forge.head, device_of(hunks=[hunk_of()]), device_of(site="us-bos-new01", hunks=[hunk_of(label=Label.DRIFT)])
    )
    code, said = report(plan)
    assert code == 0, said
    (body,) = forge.state.bodies(1)
    assert "+ntp server 10.0.0.1" in body
    assert states(forge) == {"siteauto/plan/us-nyc-mad01": "success"}  # drift alone is not of this change


def test_the_same_again_writes_nothing(forge, report):
    report(a_change(forge.head))
    before = len(forge.server.writes)
    code, said = report(a_change(forge.head))
    assert code == 0
    assert "the comment says the same already" in said
    assert [write for write in forge.server.writes[before:] if "check-runs" not in write] == []


def test_a_new_head_rewrites_the_comment_and_no_change_says_so(forge, report):
    report(a_change(forge.head))
    forge.push("feature", "three")
    report(a_change(forge.head, text="+ntp server 10.0.0.2\n"))
    (body,) = forge.state.bodies(1)
    assert "10.0.0.2" in body
    report(plan_of(forge.head, device_of()))
    (body,) = forge.state.bodies(1)
    assert "no changes" in body
    assert "10.0.0.2" not in body


def test_without_any_change_there_is_no_comment(forge, report):
    assert report(plan_of(forge.head, device_of()))[0] == 0
    assert forge.state.bodies(1) == []
    assert states(forge) == {}


def test_an_older_run_overwrites_nothing(forge, report):
    old = a_change(forge.head)
    forge.push("feature", "three")
    report(a_change(forge.head, text="+new\n"))
    code, said = report(old)
    assert (code, "its head is" in said) == (0, True)
    (body,) = forge.state.bodies(1)
    assert "+new" in body


def test_the_head_moves_while_the_report_is_on_its_way(forge, report):
    """A newer run has ended before the older one looks at the comments."""
    plan = a_change(forge.head)
    newer = []

    def push(asked):
        if not newer and asked.method == "GET" and asked.path.endswith(("comments", "notes")):
            forge.push("feature", "three")
            newer.append(mark("newer", scope="plan", head=forge.head))
            forge.state.comment(1, "netbot", newer[0])

    forge.server.faults.append(push)
    code, said = report(plan)
    assert (code, "newer head" in said) == (0, True)
    assert forge.state.bodies(1) == newer


def test_an_acknowledged_collision_is_no_failure(forge, report):
    hunk = hunk_of(label=Label.COLLISION, base=("ntp server 10.0.0.9",))
    report(plan_of(forge.head, device_of(hunks=[hunk])))
    assert set(states(forge).values()) <= {"failure", "failed"}
    report(plan_of(forge.head, device_of(hunks=[hunk]), acknowledged=True))
    assert set(states(forge).values()) == {"success"}


def test_a_label_acknowledges_collisions(forge, report):
    plan = plan_of(forge.head, device_of(hunks=[hunk_of(label=Label.COLLISION)]))
    forge.pull.labels.append("agreed")
    report(plan, "--acknowledge-label", "other")
    assert set(states(forge).values()) <= {"failure", "failed"}
    report(plan, "--acknowledge-label", "agreed")
    assert set(states(forge).values()) == {"success"}


def test_code_scanning_is_told_where_there_is_one(forge, report):
    code, said = report(a_change(forge.head), "--code-scanning")
    assert code == 0
    if forge.kind == "gitlab":
        assert "code scanning: this forge has none; see the Code Quality report" in said
        return
    assert "code scanning: told" in said
    ((result,),) = [run["results"] for run in json.loads(forge.state.sarifs[-1])["runs"]]
    assert result["partialFingerprints"]["primaryLocationLineHash"]
    forge.state.scans = False
    code, said = report(a_change(forge.head), "--code-scanning")
    assert (code, "code scanning: left out (403: Code scanning is not enabled" in said) == (0, True)
    assert "statuses" in said


def test_an_unknown_device_is_no_success(forge, report):
    report(plan_of(forge.head, device_of(hunks=[hunk_of(label=Label.UNKNOWN)], trouble="it has no backup")))
    assert set(states(forge).values()) <= {"error", "failed"}


def test_two_runs_at_once_leave_one_comment(forge, report):
    """Both find no comment, both write one: whoever looks last takes the other away."""
    barrier = threading.Barrier(2, timeout=20)
    waited = set()

    def meet(asked):
        place = threading.get_ident()
        if (
            asked.method == "GET"
            and asked.path.endswith(("comments", "notes"))
            and place not in waited
            and len(waited) < 2
        ):
            waited.add(place)
            barrier.wait()

    forge.server.faults.append(meet)
    plan = a_change(forge.head)
    facts = [
        ForgeFacts(kind=forge.kind, repository="maison/sites", api_url="", token="", pull_request=1, run=run)
        for run in (1, 2)
    ]
    threads = [threading.Thread(target=post_plan, args=(plan, each, forge.client())) for each in facts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len([body for body in forge.state.bodies(1) if body.startswith("<!-- siteauto-report")]) == 1


def test_duplicates_are_merged_and_others_are_left_alone(forge, report):
    report(a_change(forge.head))
    (body,) = forge.state.bodies(1)
    forge.state.comment(1, "netbot", body)
    forge.state.comment(1, "anna", body)
    report(a_change(forge.head, text="+other\n"))
    assert [note.author for note in forge.state.notes.values()] == ["netbot", "anna"]
    assert "+other" in forge.state.bodies(1)[0]


def test_a_comment_deleted_by_a_person_is_written_anew(forge, report):
    report(a_change(forge.head))
    forge.state.notes.clear()
    report(a_change(forge.head))
    assert len(forge.state.bodies(1)) == 1


def test_a_comment_deleted_between_reading_and_writing(forge, report):
    report(a_change(forge.head))

    def delete(asked):
        if asked.method in ("PATCH", "PUT") and ("comments" in asked.path or "notes" in asked.path):
            forge.state.notes.clear()

    forge.server.faults.append(delete)
    code, _ = report(a_change(forge.head, text="+other\n"))
    assert code == 0
    assert ["+other" in body for body in forge.state.bodies(1)] == [True]


def test_a_read_only_token_writes_the_artifact_and_says_what_to_post(forge, report):
    code, said = report(a_change(forge.head), token="tok-reader")
    assert code == 0
    assert f"siteauto report --forge {forge.kind} --pull-request 1 --plan" in said
    assert forge.state.bodies(1) == []
    names = {file.name for file in (forge.folder / "artifact").rglob("*") if file.is_file()}
    assert names >= {"plan.json", "plan.md", "plan.sarif", "code-quality.json", "us-nyc-mad01-sw1.diff"}


def test_the_pull_request_is_found_by_its_head(forge, report):
    code, said = report(a_change(forge.head), number="")
    assert (code, "pull request 1" in said) == (0, True)
    code, said = report(a_change("c" * 40), number="")
    assert (code, "--pull-request" in said) == (2, True)


@pytest.mark.parametrize(
    ("token", "fault", "code", "words"),
    [
        ("tok-wrong", None, 2, "SITEAUTO_FORGE_TOKEN"),
        ("tok-writer", always(UNAVAILABLE), 4, "502"),
        ("tok-writer", always(HANG_UP), 4, "no answer: no connection"),
        ("tok-writer", always(SLOW), 4, "no answer within 1 seconds"),
        ("tok-writer", always(Answer(429, {"message": "slow"}, {"Retry-After": "3600"})), 4, "too many requests"),
        ("tok-writer", always(UNAVAILABLE, method="POST"), 4, "502"),
        ("tok-writer", always(Answer(404, {"message": "Not Found"})), 2, "that it is there"),
    ],
)  # fmt: skip
def test_trouble_is_one_message_and_an_exit_code(forge, report, token, fault, code, words):
    forge.server.faults += [fault] if fault else []
    found, said = report(a_change(forge.head), token=token)
    assert (found, words in said) == (code, True), said
    assert "Traceback" not in said
    assert forge.state.bodies(1) == []
    assert "internal" not in said


@pytest.mark.parametrize(
    "answer",
    [
        UNAVAILABLE,
        HANG_UP,
        SLOW,
        Answer(429, {"message": "slow"}, {"Retry-After": "7"}),
        Answer(403, {"message": "You have exceeded a secondary rate limit"}, {"Retry-After": "7"}),
    ],
)
def test_what_passes_is_waited_for(forge, report, answer):
    if forge.kind == "gitlab" and answer.status == 403:
        pytest.skip("GitLab says 429")
    forge.server.faults.append(once(answer, method="GET"))
    started = forge.clock.now()
    code, said = report(a_change(forge.head))
    assert code == 0, said
    waited = (forge.clock.now() - started).total_seconds()
    assert waited == (7 if "Retry-After" in answer.headers else 2)


@pytest.mark.parametrize("answer", [UNAVAILABLE, SLOW])
def test_a_write_without_an_answer_is_looked_for_and_not_done_twice(forge, report, answer):
    """The forge wrote the comment and died before it said so."""

    def write_and_die(asked):
        if asked.method == "POST" and asked.path.endswith(("comments", "notes")) and not forge.state.notes:
            forge.state.comment(1, "netbot", asked.body["body"])
            return answer
        return None

    forge.server.faults.append(write_and_die)
    code, said = report(a_change(forge.head))
    assert (code, "although the forge did not say so" in said) == (0, True)
    assert len(forge.state.bodies(1)) == 1


def test_a_write_that_was_not_done_is_done_again(forge, report):
    forge.server.faults.append(once(UNAVAILABLE, method="POST"))
    assert report(a_change(forge.head))[0] == 0
    assert len(forge.state.bodies(1)) == 1


@pytest.mark.parametrize("forge", ["github"], indirect=True)
@pytest.mark.parametrize("token", ["tok-actions", "tok-app"])
def test_an_app_finds_its_own_comment_again(forge, report, token):
    report(a_change(forge.head), token=token)
    report(a_change(forge.head, text="+other\n"), token=token)
    assert ["+other" in body for body in forge.state.bodies(1)] == [True]
    assert len(forge.state.checks) == 2  # one for each set of annotations


@pytest.mark.parametrize("forge", ["github"], indirect=True)
@pytest.mark.parametrize(
    "answer", [HANG_UP, UNAVAILABLE, Answer(429, {"message": "Slow down"}, {"Retry-After": "600"})]
)
def test_a_forge_that_does_not_tell_its_app_is_not_told_a_second_time(forge, report, answer):
    """Taken for the build's own, the app would not find its comment again, and would write another."""
    report(a_change(forge.head), token="tok-app")
    forge.server.faults.append(lambda asked: answer if asked.path.endswith("/graphql") else None)
    code, _ = report(a_change(forge.head, text="+other\n"), token="tok-app")
    assert (code, len(forge.state.bodies(1))) == (4, 1)


@pytest.mark.parametrize("forge", ["github"], indirect=True)  # a property holds the other limit
def test_a_huge_plan_fits(forge, report):
    devices = [device_of(number, hunks=[hunk_of(f"+line {number} {'x' * 900}\n")]) for number in range(80)]
    code, said = report(plan_of(forge.head, *devices))
    assert code == 0, said
    (body,) = forge.state.bodies(1)
    assert len(body) <= 65_536
    assert "Left out" in body


@pytest.mark.parametrize("forge", ["github"], indirect=True)
def test_as_many_annotations_as_a_person_reads(forge, report):
    devices = [device_of(number, hunks=[hunk_of(f"+line {number}\n", line=number)]) for number in range(1, 301)]
    _, said = report(plan_of(forge.head, *devices), token="tok-actions")
    assert "250 annotations of 300; plan.sarif has all" in said
    (check,) = forge.state.checks.values()
    assert len(check["annotations"]) == 250


@pytest.mark.parametrize("forge", ["github"], indirect=True)
def test_the_summary_of_a_job(forge, report, monkeypatch):
    file = forge.folder / "summary"
    file.write_text("# before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    devices = [device_of(number, hunks=[hunk_of(f"+line {number} {'é' * 900}\n")]) for number in range(620)]
    report(plan_of(forge.head, *devices))
    assert file.read_text().startswith("# before\n## siteauto plan")
    assert file.stat().st_size <= 1024 * 1024
