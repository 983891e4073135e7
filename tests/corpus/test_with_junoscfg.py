"""Braces read by us against braces turned into `set` lines by junoscfg, which knows Juniper's schema.

Left out: the certificate of several lines, which junoscfg 0.5.10 does not read (Junos does), and `timeout` in front of a
number, a word that it loses.
"""

import os
import re
import sys
from pathlib import Path

import pytest

from siteauto.core.config import exact_diff, normalise, to_text
from siteauto.core.config.parse import parse
from siteauto.platforms.juniper_junos import CONFIG

sys.path.insert(0, str(Path(__file__).parent))

from junos_schema import unknown_word  # noqa: E402

junoscfg = pytest.importorskip("junoscfg", reason="junoscfg is not installed: no second opinion on Junos")

GOLDEN = Path(__file__).parents[1] / "golden" / "juniper_junos"
RENDERED = sorted(GOLDEN.glob("*/*.cfg"))
NOT_IN_SCHEMA = re.compile(r"set (?:security (?:log|screen|address-book|nat|policies|zones)|applications application \S+ term)")
CAPTURES = Path(os.environ.get("SITEAUTO_CAPTURES", Path(__file__).parents[3] / "shared/data/captures"))
TEXTS = [
    *sorted(Path(__file__).parent.glob("juniper_junos/*/running.txt")),
    *sorted(Path(__file__).parent.glob("juniper_junos/*/intended.txt")),
    *sorted(CAPTURES.glob("oxidized/junos*output.txt")),
    *RENDERED,
]
BRACES = [path for path in TEXTS if "{\n" in path.read_text() and "BEGIN CERTIFICATE" not in path.read_text()]


def as_set(text: str) -> str:
    forms = junoscfg.Format
    return junoscfg.convert_config(text, from_format=forms.STRUCTURED, to_format=forms.SET, validate=False)


@pytest.mark.parametrize("path", BRACES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_both_forms_are_one_configuration(path: Path):
    text = re.sub(r"\n\s+timeout \d+;", "", path.read_text())
    tree = normalise(CONFIG, text)
    assert not exact_diff(normalise(CONFIG, as_set(text)), tree).significant
    assert not exact_diff(normalise(CONFIG, as_set(to_text(parse(CONFIG, text)))), tree).significant


@pytest.mark.parametrize("path", RENDERED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_schema_knows_every_word_that_is_rendered(path: Path):
    lines = as_set(re.sub(r"\n\s+timeout \d+;", "", path.read_text())).splitlines()
    assert len(lines) > 20
    unknown = {line: unknown_word(line) for line in lines if not NOT_IN_SCHEMA.match(line)}
    assert {line: word for line, word in unknown.items() if word} == {}


def test_the_schema_refuses_a_word_that_is_none():
    assert unknown_word("set protocols rstp interface ge-0/0/1 edgy") == "edgy"
