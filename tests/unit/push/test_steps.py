"""What is made of the answers of a device."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from siteauto.core.config import SecretBook
from siteauto.core.errors import PushError
from siteauto.core.platform_spec import Step
from siteauto.testing.fake_platform import fake_platform
from siteauto.workflows.push_steps import Steps

DELETE = Step(send="delete {file}", gone=r"\(No such file\)")


def steps(answer, **more):
    platform = replace(fake_platform(), **more)
    return Steps(
        session=SimpleNamespace(run=lambda command, answers: answer),
        target=SimpleNamespace(device=SimpleNamespace(name="sw1"), platform=platform),
        method=platform.push[0],
        forms=SimpleNamespace(book=SecretBook(values={}, key=b"k" * 32)),
    )


def refusal(answer, step, **more):
    with pytest.raises(PushError) as caught:
        steps(answer, **more).take(step, {"file": "c.cfg"})
    return caught.value


def test_what_is_to_be_removed_may_be_gone_already():
    assert steps("error: c.cfg (No such file)").take(DELETE, {"file": "c.cfg"}) == {"file": "c.cfg"}
    assert refusal("error: c.cfg (Device or resource busy)", DELETE).found.startswith("error")


def test_a_refusal_that_passes_by_itself_says_so():
    error = refusal("error: locked", Step(send="open"), passing={"^error": "Wait a minute"})
    assert error.next_step == "Wait a minute"
    assert refusal("error: locked", Step(send="open")).next_step.startswith("Correct the template")


def test_an_answer_that_lacks_what_it_must_hold_is_no_complaint_about_a_line():
    error = refusal("timer runs", Step(send="show timer", expect="^no timer", needs="no timer of anybody's"))
    assert str(error) == (
        "sw1: 'show timer' does not answer as it must. Expected: no timer of anybody's. Found: timer runs. "
        "Set it right on the device, then plan again."
    )
