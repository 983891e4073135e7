"""Which passwords are sent, and how often."""

from dataclasses import replace
from pathlib import Path

import pytest

from siteauto.adapters.logins import Logins
from siteauto.core.errors import AuthenticationError
from siteauto.core.models import SecretRef
from siteauto.core.ports import Credential
from siteauto.testing.fakes import FakeSecrets


class Door:
    """Lets one user in, and counts who knocks."""

    def __init__(self, user):
        self.user = user
        self.knocks = []

    def open(self, user, password):
        self.knocks.append(user)
        if user != self.user:
            raise AuthenticationError("no")
        return user


@pytest.fixture
def logins():
    return Logins(FakeSecrets({"a": "1", "b": "2"}))


@pytest.fixture
def target(fake):
    pair = tuple(Credential(username=name, password=SecretRef(name=name)) for name in ("a", "b"))
    return replace(fake.target, credentials=pair, known_hosts=Path("none"))


def test_the_one_that_was_taken_is_tried_first_from_then_on(logins, target):
    door = Door("b")
    assert [logins.log_in(target, door.open) for _ in range(3)] == ["b"] * 3
    assert door.knocks == ["a", "b", "b", "b"]


def test_a_refused_password_is_never_sent_again(logins, target):
    door = Door("nobody")
    for _ in range(3):
        with pytest.raises(AuthenticationError, match="each tried once"):
            logins.log_in(target, door.open)
    assert door.knocks == ["a", "b"]


def test_another_configuration_may_know_other_logins(logins, target):
    old, new = Door("b"), Door("a")
    logins.log_in(target, old.open)
    assert logins.log_in(replace(target, generation=1), new.open) == "a"
    assert new.knocks == ["a"]
    logins.log_in(target, old.open)
    assert old.knocks == ["a", "b", "b"]


def test_what_the_new_configuration_took_is_tried_before_giving_up(logins, target):
    logins.log_in(target, Door("b").open)
    logins.log_in(replace(target, generation=1), Door("a").open)
    now = Door("a")
    assert logins.log_in(target, now.open) == "a"
