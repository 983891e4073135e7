"""Bad inputs and the exact words about them. Each file of errors/ is one case.

Above the line of equals signs: `@ FILE` of the base company and changes to it (`- old line`, `+ new line`; a new line
without an old one goes to the end; `* 40 text` adds a text 40 times); `x FILE` removes one. Below: every finding.
`pytest tests/golden --update` rewrites what is below.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from siteauto.adapters.yaml_inventory.inventory import YamlInventory, check_company
from siteauto.core.site.error_codes import ERROR_CODES
from siteauto.platforms import load_platforms
from siteauto.reporters.findings import finding_text

MODELS = ("C9300-24P", "C9200L-48P-4X", "C9800-L-F-K9", "CW9166I", "FGT-60F")
PLATFORMS = {  # few and fixed, because texts list what is known
    name: replace(spec, hardware=tuple(box for box in spec.hardware if box.model in MODELS))
    for name, spec in load_platforms().items()
    if name in ("cisco_ios", "fortinet")
}
ROOT = Path(__file__).parent / "errors"
CASES = sorted(ROOT.glob("*.txt"))
DIVIDER = "=" * 40


def test_base_company_is_clean():
    assert check_company(YamlInventory(ROOT / "base", PLATFORMS)) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_bad_input(case, tmp_path, request):
    edits, _, expected = case.read_text("utf-8").partition(DIVIDER)
    inventory = tmp_path / "inventory"
    shutil.copytree(ROOT / "base", inventory)
    apply_edits(edits, inventory)
    findings = check_company(YamlInventory(inventory, PLATFORMS))
    assert findings, "the bad input was accepted"
    assert {finding.code for finding in findings} <= set(ERROR_CODES)
    text = "\n\n".join(finding_text(finding) for finding in findings)
    if request.config.getoption("--update", default=False):
        case.write_text(f"{edits.rstrip()}\n{DIVIDER}\n{text}\n", "utf-8")
        return
    assert text == expected.strip("\n")


def apply_edits(edits, inventory):
    path, old = None, None
    for line in edits.splitlines():
        mark, text = line[:1], line[2:]
        if mark == "@":
            path, old = inventory / text, None
        elif mark == "x":
            (inventory / text).unlink()
        elif mark == "*":
            count, _, word = text.partition(" ")
            path.write_text(path.read_text("utf-8") + int(count) * word, "utf-8")
        elif mark == "-":
            old = change(path, text)
        elif mark == "+":
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
            place = len(lines) if old is None else old
            lines.insert(place, text)
            old = place + 1 if old is not None else None
            path.write_text("\n".join(lines) + "\n", "utf-8")


def change(path, text):
    lines = path.read_text("utf-8").splitlines()
    place = lines.index(text)
    del lines[place]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return place


def test_every_code_has_a_text_and_no_text_is_left_over():
    source = Path(__file__).parents[2] / "src" / "siteauto"
    files = {*source.glob("core/site/*.py"), *source.glob("adapters/yaml_*.py"), *source.glob("adapters/yaml_*/*.py")}
    used = {
        word
        for path in files - {source / "core" / "site" / "error_codes.py"}
        for word in path.read_text("utf-8").replace('"', " ").split()
        if len(word) == 5 and word[0] in "EN" and word[1:].isdigit()
    }
    assert used == set(ERROR_CODES)
