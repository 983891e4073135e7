"""What is asked before a change: the same of every platform, or the platform says that nothing tells it."""

import pytest

from siteauto.platforms import load_platforms

METHODS = [
    pytest.param(method, id=f"{name}-{'-'.join(method.roles)}-{method.name}")
    for name, platform in load_platforms().items()
    for method in platform.push
]


@pytest.mark.parametrize("method", METHODS)
def test_every_question_is_asked_or_said_to_have_no_answer(method):
    unasked = " ".join(method.unasked)
    asked = " ".join(step.send for step in method.preflight)
    assert any(step.room for step in method.preflight) or "room" in unasked
    assert "users" in asked or "free sessions" in unasked
    assert method.local_login or "local login" in unasked
    assert any(step.advice and "clock" in step.needs for step in method.preflight) or method.timer.kind == "none"
