"""What ansible-runner's events say, in siteauto's words. The shapes were recorded with ansible-core 2.19."""

import pytest

from siteauto.adapters.ansible_events import read_outcome, read_progress

HIDDEN = "the output has been hidden due to the fact that 'no_log: true' was specified for this result"


def event(kind, result=None, stdout="", **facts):
    named = {"host": "srv1", "task": "Start RADIUS", "role": "freeradius", **facts}
    data = {"event": kind, "created": "2026-11-23T02:58:21.123456+00:00", "stdout": stdout, "event_data": named}
    if result is not None:
        named["res"] = result
    return data


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (event("runner_on_ok", {"changed": False}), "ok"),
        (event("runner_on_ok", {"changed": True}), "changed"),
        (event("runner_on_ok", {"censored": HIDDEN}, "changed: [srv1]"), "changed"),
        (event("runner_on_ok", {"censored": HIDDEN}, "ok: [srv1]"), "ok"),
        (event("runner_on_skipped", {"changed": False}), "skipped"),
        (event("runner_on_failed", {"changed": True, "msg": "no"}), "failed"),
        (event("runner_on_unreachable", {"changed": False, "msg": "no route"}), "unreachable"),
    ],
)
def test_the_status_of_a_task(given, status):
    outcome = read_outcome(given)
    assert (outcome.host, outcome.task, outcome.status) == ("srv1", "freeradius: Start RADIUS", status)


@pytest.mark.parametrize("kind", ["playbook_on_start", "runner_on_start", "runner_item_on_ok", "playbook_on_stats"])
def test_other_events_are_no_outcomes(kind):
    assert read_outcome(event(kind)) is None


def test_what_failed_is_said_once():
    result = {"msg": "failed to validate", "stderr": "bad option at line 3\n", "stdout": "failed to validate"}
    assert read_outcome(event("runner_on_failed", result)).message == "failed to validate / bad option at line 3"
    hidden = read_outcome(event("runner_on_failed", {"censored": HIDDEN}))
    assert hidden.message == "the output is hidden, because it may hold a secret"


def test_only_what_a_playbook_says_on_purpose_comes_from_a_success():
    debug = event("runner_on_ok", {"msg": "To be installed: chrony"}, resolved_action="ansible.builtin.debug")
    assert read_outcome(debug).message == "To be installed: chrony"
    assert read_outcome(event("runner_on_ok", {"msg": "All items completed"})).message == ""


def test_differences_of_files_attributes_and_packages():
    def diff(part):
        return read_outcome(event("runner_on_ok", {"changed": True, "diff": part})).diff.splitlines()

    text = {"before": "a\nb\n", "after": "a\nc\n", "before_header": "old", "after_header": "new"}
    assert diff([text]) == ["--- old", "+++ new", "@@ -1,2 +1,2 @@", " a", "-b", "+c"]
    assert '+ "state": "directory"' in diff({"before": {"state": "absent"}, "after": {"state": "directory"}})
    assert diff({"prepared": "The following NEW packages\n  chrony\n"}) == ["The following NEW packages", "  chrony"]
    assert diff([]) == diff({}) == []


def test_progress_has_the_time_in_utc_and_names_the_task():
    start = read_progress(event("runner_on_start"), None)
    assert (start.at, start.device, start.state) == ("2026-11-23T02:58:21+00:00", "srv1", "running")
    failed = event("runner_on_failed", {"msg": "no"})
    end = read_progress(failed, read_outcome(failed))
    assert (end.phase, end.state, end.message) == ("servers", "failed", "freeradius: Start RADIUS: no")
    assert read_progress(event("playbook_on_stats"), None) is None
