"""Braces read by us against braces turned into `set` lines by junoscfg, which knows Juniper's schema.

Left out: the certificate of several lines, which junoscfg 0.5.10 does not read (Junos does).
"""

import os
from pathlib import Path

import pytest

from siteauto.core.config import exact_diff, normalise, to_text
from siteauto.core.config.parse import parse
from siteauto.platforms.juniper_junos import CONFIG

junoscfg = pytest.importorskip("junoscfg", reason="junoscfg is not installed: no second opinion on Junos")

CAPTURES = Path(os.environ.get("SITEAUTO_CAPTURES", Path(__file__).parents[3] / "shared/data/captures"))
TEXTS = [
    *sorted(Path(__file__).parent.glob("juniper_junos/*/running.txt")),
    *sorted(Path(__file__).parent.glob("juniper_junos/*/intended.txt")),
    *sorted(CAPTURES.glob("oxidized/junos*output.txt")),
]
BRACES = [path for path in TEXTS if "{\n" in path.read_text() and "BEGIN CERTIFICATE" not in path.read_text()]


def as_set(text: str) -> str:
    forms = junoscfg.Format
    return junoscfg.convert_config(text, from_format=forms.STRUCTURED, to_format=forms.SET, validate=False)


@pytest.mark.parametrize("path", BRACES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_both_forms_are_one_configuration(path: Path):
    text = path.read_text()
    tree = normalise(CONFIG, text)
    assert not exact_diff(normalise(CONFIG, as_set(text)), tree).significant
    assert not exact_diff(normalise(CONFIG, as_set(to_text(parse(CONFIG, text)))), tree).significant
