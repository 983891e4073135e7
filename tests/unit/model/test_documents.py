"""YAML files that are not inventory files at all: each is one finding, never a traceback."""

import pytest

from siteauto.adapters.yaml_documents import MAX_BYTES, parse_document, read_document


def codes(text):
    node, findings = parse_document(text, "site.yaml")
    assert node is None
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"site: caf\xe9\n", "E1002"),
        (b"\xff\xfes\x00i\x00", "E1002"),
        (b"a: 1\n" * (MAX_BYTES // 5 + 1), "E1008"),
    ],
    ids=["latin-1", "utf-16", "too large"],
)
def test_bytes_that_are_no_inventory_file(tmp_path, content, code):
    path = tmp_path / "site.yaml"
    path.write_bytes(content)
    node, findings = read_document(path, "inventory/sites/site.yaml")
    assert node is None
    assert [finding.code for finding in findings] == [code]
    assert findings[0].place.file == "inventory/sites/site.yaml"


def test_the_byte_that_is_not_utf_8_is_pointed_at(tmp_path):
    path = tmp_path / "site.yaml"
    path.write_bytes(b"site: x\ncity: caf\xe9\n")
    _, findings = read_document(path, "site.yaml")
    assert (findings[0].place.line, findings[0].place.column) == (2, 10)


def test_a_byte_order_mark_is_no_problem(tmp_path):
    path = tmp_path / "site.yaml"
    path.write_bytes(b"\xef\xbb\xbfsite: x\n")
    node, findings = read_document(path, "site.yaml")
    assert node is not None
    assert findings == ()
    assert node.plain() == {"site": "x"}


def test_missing_file_and_folder(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        _, findings = read_document(path, "none.yaml")
        assert [finding.code for finding in findings] == ["E1001"]


def test_alias_bomb():
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    assert codes(bomb) == ["E1008"]


def test_alias_inside_itself():
    assert codes("a: &a [*a]\n") == ["E1003"]


def test_nested_too_deep():
    assert codes("a: " + "[" * 50_000) == ["E1008"]


def test_scalars_stay_text_and_null_takes_away():
    node, _ = parse_document('state: NO\nzip: 02116\nday: 2028-03-31\nempty:\nword: "null"\n', "site.yaml")
    assert node is not None
    assert node.plain() == {"state": "NO", "zip": "02116", "day": "2028-03-31", "empty": None, "word": "null"}


def test_aliases_may_be_used():
    node, findings = parse_document("a: &a {x: 1}\nb: *a\nc: [1, *a]\n", "site.yaml")
    assert node is not None
    assert findings == ()
    assert node.plain() == {"a": {"x": "1"}, "b": {"x": "1"}, "c": ["1", {"x": "1"}]}
    assert node.find(("b",)).key_place.line == 2


def test_find_goes_as_far_as_the_path_exists():
    node, _ = parse_document("devices:\n  sw1: {model: x}\nports: [a, b]\n", "site.yaml")
    assert node is not None
    assert node.find(("devices", "sw1", "serial")).place.line == 2
    assert node.find(("devices", 0, "model")).value == "x"
    assert node.find(("ports", 1)).value == "b"
    assert node.find(("ports", 7)).value == node.find(("ports",)).value
