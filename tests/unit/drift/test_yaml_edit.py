"""A value is written, and nothing else of the file changes."""

import pytest
import yaml

from siteauto.adapters.yaml_edit import apply_edits
from siteauto.core.drift.adoption import Edit
from siteauto.core.errors import StoreError

FILE = """\
# what is above stays
site: us-x-y01        # and what is beside
devices:
  fw1: {model: FGT-60F, serial: A1}
  sw2:                             # device level
    model: C9200L
    extra_cli: |
      line one
      line two

  # a comment between
  ap1: {model: CW}
ports:
  sw1: {1/0/13-14: {description: label printers}}
organisation:
  ntp_servers: [10.0.0.1, 10.0.0.2]

# the end
"""


def edited(text, *edits):
    return apply_edits(text, [Edit(path=tuple(path.split(" ")), value=value) for path, value in edits], "site.yaml")


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("devices fw1 extra_cli", "a: b", "  fw1: {model: FGT-60F, serial: A1, extra_cli: 'a: b'}"),
        ("devices sw2 extra_cli", "one\ntwo", "      two"),
        ("devices sw2 room", "rack", "    room: rack"),
        ("devices sw3 model", "X", "  sw3: {model: X}"),
        ("ports sw1 1/0/3 description", "no", "  sw1: {1/0/13-14: {description: label printers}, 1/0/3: {description: 'no'}}"),
        ("ports sw1 1/0/13-14 profile", "till", "  sw1: {1/0/13-14: {description: label printers, profile: till}}"),
        ("ports sw2 1/0/3 vlan", "pos", "  sw2: {1/0/3: {vlan: pos}}"),
        ("organisation ntp_servers", ["10.0.0.9"], "  ntp_servers: [10.0.0.9]"),
        ("vlans shop", {"id": "123"}, "vlans: {shop: {id: 123}}"),
        ("devices fw1 model", "FGT-90G", "  fw1: {model: FGT-90G, serial: A1}"),
    ],
)  # fmt: skip
def test_one_value(path, value, line):
    text = edited(FILE, (path, value))
    assert line in text.splitlines()
    gone = [old for old in FILE.splitlines() if old not in text.splitlines()]
    assert len(gone) <= 3, gone
    for comment in (
        "# what is above stays",
        "# and what is beside",
        "# device level",
        "# a comment between",
        "# the end",
    ):
        assert comment in text
    yaml.safe_load(text)


def test_values_one_after_the_other_and_without_a_last_line_end():
    text = edited(
        "site: x\nports:\n  sw1:\n    1/0/1: {profile: till}",
        ("ports sw1 1/0/2 profile", "till"),
        ("devices sw1 extra_cli", "a\nb"),
    )
    assert (
        text
        == 'site: x\nports:\n  sw1:\n    1/0/1: {profile: till}\n    1/0/2: {profile: till}\ndevices: {sw1: {extra_cli: "a\\nb"}}\n'
    )


@pytest.mark.parametrize("text", ["- a\n", "a: &x {b: c}\nd: *x\n"])
def test_what_cannot_be_written_is_refused(text):
    with pytest.raises(StoreError):
        edited(text, ("d b", "x"))
