from siteauto.core.change.run_history import tell_history
from siteauto.core.change.transaction import Decision, State, Verdict

PLAN = {
    "record": "plan", "site": "us-nyc-mad01", "at": "2026-11-02T02:00:00+00:00", "digest": "d", "file": "f",
    "approved": "ana, asked", "token": "t", "devices": {"sw1": "x", "sw2": "y"},
}  # fmt: skip


def device(history, name):
    return next(one for one in history.devices if one.device == name)


def test_a_run_that_never_came_to_a_plan_is_not_unfinished():
    history = tell_history("r1", [{"record": "run", "site": "us-nyc-mad01", "by": "ana"}])
    assert (history.unfinished, history.status, history.by) == (False, "no change", "ana")


def test_a_run_without_an_outcome_is_unfinished():
    assert tell_history("r1", [PLAN]).status == "unfinished"


def test_what_was_begun_on_a_device_is_known_by_device():
    history = tell_history("r1", [PLAN, {"record": "begin", "device": "sw2", "act": "arm"}])
    assert (device(history, "sw2").begun, device(history, "sw1").begun) == (("arm",), ())


def test_staging_again_forgets_the_words_of_the_first_time():
    records = [
        {"record": "begin", "device": "sw1", "act": "stage"},
        {"record": "words", "device": "sw1", "words": {"token": "a"}},
        {
            "record": "state",
            "device": "sw1",
            "state": "staged",
            "running": "1",
            "startup": "2",
            "words": {"token": "b"},
        },
    ]
    history = tell_history("r1", [PLAN, *records])
    sw1 = device(history, "sw1")
    assert (sw1.words, sw1.running, sw1.startup, sw1.tidied, sw1.state) == (
        {"token": "b"},
        "1",
        "2",
        False,
        State.STAGED,
    )
    assert device(tell_history("r1", [PLAN, *records, records[0]]), "sw1").words == {}


def test_a_decision_to_commit_stands():
    records = [PLAN] + [{"record": "decision", "decision": one, "reason": ""} for one in ("commit", "abort")]
    assert tell_history("r1", records).decision is Decision.COMMIT


def test_a_mixed_outcome_can_be_resumed_or_closed():
    mixed = [PLAN, {"record": "outcome", "verdict": Verdict.MIXED}]
    assert tell_history("r1", mixed).status == "mixed"
    resumed = [*mixed, {"record": "resume", "at": "now", "by": "ben"}]
    assert tell_history("r1", resumed).status == "unfinished"
    assert not tell_history("r1", [*resumed, {"record": "outcome", "verdict": "committed"}]).unfinished
    closed = tell_history("r1", [*mixed, {"record": "closed", "at": "now", "by": "ben", "reason": "typed by hand"}])
    assert (closed.unfinished, closed.closed) == (False, "now by ben: typed by hand")
