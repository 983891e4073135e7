"""The one comment: when it is written, and when not."""

import pytest

from siteauto.core.forge import Comment
from siteauto.core.forge.sticky import decide, mark, read_marker

HEAD, OTHER = "a" * 40, "b" * 40


def body(text="one", *, head=HEAD, run=5, scope="plan"):
    return mark(text, scope=scope, head=head, run=run)


def comment(text, number=1, author="netbot"):
    return Comment(id=number, author=author, body=text)


def decided(*comments, new=None, author="netbot", is_wanted=True):
    return decide(comments, new or body(), author=author, is_wanted=is_wanted)


def test_the_first_report_is_a_new_comment_if_there_is_anything_to_say():
    assert decided().create
    assert decided(is_wanted=False).is_done


def test_the_same_content_writes_nothing():
    assert decided(comment(body())).is_done
    assert decided(comment(body(run=4))).is_done
    assert decided(comment(body()), is_wanted=False).is_done


def test_other_content_or_another_head_is_written_into_the_same_comment():
    assert decided(comment(body("old"), 7)).edit == 7
    assert decided(comment(body(head=OTHER), 7)).edit == 7
    assert decided(comment(body("old"), 7), is_wanted=False).edit == 7  # "no change any more"


def test_an_older_run_overwrites_nothing():
    assert decided(comment(body("new", run=6))).is_done


def test_a_comment_of_a_newer_siteauto_stays():
    assert decided(comment(body("x").replace("schema=1", "schema=2"))).is_done


def test_duplicates_are_merged_into_the_oldest():
    found = decided(comment(body("old"), 9), comment(body(), 3), comment(body(), 5))
    assert (found.edit, found.delete) == (None, (5, 9))


@pytest.mark.parametrize(
    "stranger",
    [
        comment(body("old"), author="mallory"),  # a marker copied by somebody else
        comment(body("old", scope="drift")),
        comment("as you said:\n" + body("old")),  # not in its first line
        comment("no marker"),
    ],
)
def test_other_comments_are_left_alone(stranger):
    assert decided(stranger) == decided()


def test_a_marker_survives_the_way():
    found = read_marker(body("x", run=12) + "\n")
    assert (found.scope, found.head, found.run, found.schema) == ("plan", HEAD, 12, 1)
