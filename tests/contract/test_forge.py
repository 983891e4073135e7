"""What every forge does, real or not."""

import pytest
from tests.forges.conftest import KINDS, Forge

from siteauto.core.errors import ForgeError, ForgeMissingError, ForgeRightsError, ForgeTokenError
from siteauto.core.forge import Annotation, State, Status
from siteauto.testing.fake_forge import FakeForge


class Faked:
    """The fake, with the face of the test's forge."""

    def __init__(self):
        self.fake = FakeForge()
        self.head = "b" * 40
        self.fake.propose(head=self.head)

    def client(self, token="tok-writer"):
        if token == "tok-writer":
            return self.fake
        other = FakeForge(login="reader", may_write=False)
        other.pulls, other.notes, other.marks = self.fake.pulls, self.fake.notes, self.fake.marks
        return other


@pytest.fixture(params=["fake", *sorted(KINDS)])
def forge(request, tmp_path):
    if request.param == "fake":
        yield Faked()
        return
    made = Forge(request.param, tmp_path)
    yield made
    made.server.close()


def test_a_pull_request_as_it_is(forge):
    client = forge.client()
    found = client.pull_request(1)
    assert (found.number, found.head, found.head_branch, found.base_branch) == (1, forge.head, "feature", "main")
    assert found.is_open
    assert not found.is_fork
    assert [one.number for one in client.open_pull_requests()] == [1]
    with pytest.raises(ForgeMissingError):
        client.pull_request(99)


def test_comments_are_written_read_edited_and_deleted(forge):
    client = forge.client()
    for number in range(1, 131):  # more than one page
        client.add_comment(1, f"body {number}") if number < 3 else forge_comment(forge, f"body {number}")
    found = client.comments(1)
    assert [one.body for one in found] == [f"body {number}" for number in range(1, 131)]
    assert found[0].author == client.login() == "netbot"
    client.edit_comment(1, found[0].id, "new")
    client.delete_comment(1, found[1].id)
    client.delete_comment(1, found[1].id)  # gone already
    assert [one.body for one in client.comments(1)[:2]] == ["new", "body 3"]
    with pytest.raises(ForgeMissingError):
        client.edit_comment(1, found[1].id, "new")


def forge_comment(forge, body):
    if isinstance(forge, Faked):
        forge.fake.comment_as("anna", 1, body)
    else:
        forge.state.comment(1, "anna", body)


def test_a_later_status_replaces_one_of_the_same_name(forge):
    client = forge.client()
    one = Status(name="siteauto/plan/x", state=State.SUCCESS, description="é" * 140, url="https://build.example/1")
    client.set_status(forge.head, Status(name=one.name, state=State.FAILURE, description="old"))
    client.set_status(forge.head, one)
    assert list(client.statuses(forge.head)) == [one]


def test_limits_are_told(forge):
    client = forge.client()
    client.add_comment(1, "x" * client.budget.limit)
    with pytest.raises(ForgeError, match="too long"):
        client.add_comment(1, "x" * (client.budget.limit + 1))


def test_a_token_that_may_only_read(forge):
    client = forge.client("tok-reader")
    assert client.comments(1) == client.comments(1)
    with pytest.raises(ForgeRightsError):
        client.add_comment(1, "x")
    with pytest.raises(ForgeRightsError):
        client.set_status(forge.head, Status(name="x", state=State.SUCCESS, description=""))


def test_a_pull_request_of_our_own(forge):
    client = forge.client()
    if not isinstance(forge, Faked):
        forge.push("siteauto/drift/x", "three")
    made = client.open_pull_request(head="siteauto/drift/x", base="main", title="Drift", body="one")
    client.describe(made.number, title="Drift of x", body="two")
    found = client.pull_request(made.number)
    assert (found.title, found.body, found.head_branch) == ("Drift of x", "two", "siteauto/drift/x")
    client.close(made.number)
    assert not client.pull_request(made.number).is_open
    assert [one.number for one in client.open_pull_requests()] == [1]


def test_annotations_are_shown_once(forge):
    client = forge.client("tok-actions") if not isinstance(forge, Faked) else forge.client()
    found = [Annotation(file="f", line=line, level="notice", title="t", message="m") for line in range(1, 121)]
    shown = [client.annotate(forge.head, "siteauto plan", found) for _ in range(2)]
    if isinstance(forge, Faked):
        assert forge.fake.writes == ["annotate"]
    elif forge.kind == "github":
        assert shown == [True, True]
        (check,) = forge.state.checks.values()
        assert [row["start_line"] for row in check["annotations"]] == list(range(1, 121))
    else:
        assert shown == [False, False]


def test_an_unknown_token(forge):
    if not isinstance(forge, Faked):
        with pytest.raises(ForgeTokenError) as caught:
            forge.client("tok-wrong").pull_request(1)
        assert "SITEAUTO_FORGE_TOKEN" in str(caught.value)
        assert "tok-wrong" not in repr(caught.value.__dict__) + str(caught.value)


def test_code_scanning_is_there_or_said_not_to_be(forge):
    client = forge.client()
    pull = client.pull_request(1)
    assert client.scan(pull, "{}") is (getattr(forge, "kind", "fake") != "gitlab")
    if getattr(forge, "kind", "") != "gitlab":
        with pytest.raises(ForgeRightsError):
            forge.client("tok-reader").scan(pull, "{}")
