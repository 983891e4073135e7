"""An order in blocks must do what a list does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from siteauto.core.config.order import SIZE, Order

STEPS = st.lists(st.tuples(st.sampled_from(("insert", "remove", "move")), st.integers(0, 9999)), max_size=80)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 3 * SIZE), STEPS)
def test_it_does_what_a_list_does(length: int, steps: list[tuple[str, int]]):
    slow = [f"key{number}" for number in range(length)]
    order = Order(slow)
    for number, (what, place) in enumerate(steps):
        if what == "insert":
            at = place % (len(slow) + 1)
            slow.insert(at, f"new{number}")
            order.insert(at, f"new{number}")
        elif what == "remove" and slow:
            order.remove(slow.pop(place % len(slow)))
        elif what == "move" and len(slow) > 1:
            key, anchor = slow.pop(place % len(slow)), slow[place % len(slow)]
            slow.insert(slow.index(anchor) + place % 2, key)
            order.move(key, anchor, after=bool(place % 2))
    assert list(order) == slow
    assert [order.place_of(key) for key in slow] == list(range(len(slow)))
    assert [order.key_at(place) for place in range(len(slow) + 1)] == [*slow, None]


def test_blocks_are_split_before_they_grow_long():
    order = Order(())
    for number in range(5 * SIZE):
        order.insert(0, str(number))
    assert list(order) == [str(number) for number in reversed(range(5 * SIZE))]
    assert all(len(block) <= 2 * SIZE for block in order._blocks)
