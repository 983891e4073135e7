"""What every transport and its sessions must do."""

import re
from dataclasses import replace

import pytest

from siteauto.core.completeness import find_defects
from siteauto.core.errors import AuthenticationError, DeviceError, UnreachableError, UsageError
from siteauto.core.models import SecretRef
from siteauto.core.ports import Credential


def test_a_command_gives_its_output_without_echo_and_prompt(subject):
    with subject.transport.connect(subject.target) as session:
        text = session.run(subject.show)
    assert subject.answer in text
    assert subject.show not in text
    assert not text.rstrip().endswith(("#", ">"))


def test_answers_do_not_run_into_each_other(subject):
    with subject.transport.connect(subject.target) as session:
        first, second = session.run(subject.show), session.run(subject.show)
    assert first.splitlines()[0] == second.splitlines()[0]


def test_a_fetched_configuration_is_whole(subject):
    with subject.transport.connect(subject.target) as session:
        text = session.fetch("running")
    assert find_defects(subject.target.platform.backup, text) == ()
    echo = re.compile(rf"(?:\S+[#>$] ?)?{subject.target.platform.backup.running}")
    assert not echo.match(text), "the device echoes what is typed"


def test_nothing_but_read_only_commands_outside_a_push(subject):
    with subject.transport.connect(subject.target) as session:
        for forbidden in (
            lambda: session.run(subject.refused),
            lambda: session.run(f"{subject.show}\n{subject.refused}"),
            lambda: session.configure(["hostname x"]),
            lambda: session.stage(subject.candidate, mode="merge", name="x.cfg"),
            session.discard,
        ):
            with pytest.raises(UsageError, match="may only be sent by a push"):
                forbidden()
        assert subject.answer in session.run(subject.show)


def test_a_lost_session_is_unreachable_and_names_the_device(subject):
    subject.fault("drop", f"^{subject.show}$")
    with pytest.raises(UnreachableError) as caught, subject.transport.connect(subject.target) as session:
        session.run(subject.show)
    assert subject.target.device.name in str(caught.value)
    with subject.transport.connect(subject.target) as session:  # the next one is fresh
        assert subject.answer in session.run(subject.show)


def test_the_second_login_is_tried_when_the_first_is_refused(subject):
    (good,) = subject.target.credentials
    bad = Credential(username="intruder", password=good.password)
    target = replace(subject.target, credentials=(bad, good))
    for _ in range(2):
        with subject.transport.connect(target) as session:
            assert subject.answer in session.run(subject.show)
    if subject.logins:
        assert [user for user, accepted in subject.logins() if not accepted] == ["intruder"]


def test_a_login_that_every_credential_is_refused_says_which_and_shows_no_password(subject):
    bad = Credential(username="nobody", password=subject.target.credentials[0].password)
    target = replace(subject.target, credentials=(bad,))
    with pytest.raises(AuthenticationError) as caught, subject.transport.connect(target):
        pass
    message = str(caught.value)
    assert "nobody" in message
    assert str(bad.password) in message
    assert "2026" not in message
    with pytest.raises(AuthenticationError), subject.transport.connect(target):
        pass


def test_a_getter_that_there_is_not_is_a_device_error(subject):
    with subject.transport.connect(subject.target) as session, pytest.raises(DeviceError, match="get_flying"):
        session.get("get_flying")


def test_startup_is_read_where_there_is_one(subject):
    with subject.transport.connect(subject.target) as session:
        startup = session.fetch("startup")
    assert bool(startup) == bool(subject.target.platform.backup.startup)


def test_a_missing_secret_is_named_before_anything_is_sent(subject):
    target = replace(subject.target, credentials=(Credential(username="x", password=SecretRef(name="no/such")),))
    with pytest.raises(UsageError, match="secret://no/such"), subject.transport.connect(target):
        pass


def test_a_configuration_that_arrives_cut_is_an_error_and_never_text(subject):
    subject.fault("truncate", f"^{subject.target.platform.backup.running}$")
    with pytest.raises(DeviceError, match="not whole"), subject.transport.connect(subject.target) as session:
        session.fetch("running")


def test_a_device_that_falls_silent_is_unreachable_in_its_time(subject):
    subject.fault("hang", f"^{subject.show}$")
    quick = replace(subject.target, timeout=1.0)
    with pytest.raises(UnreachableError, match=r"lost|silence"), subject.transport.connect(quick) as session:
        session.run(subject.show)
