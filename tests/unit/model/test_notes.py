"""Lines that siteauto passes on unread: in the intent, in the text that is sent, and named as unmanaged."""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.yaml_inventory.inventory import YamlInventory, check_company
from siteauto.core.config import parse, to_candidate
from siteauto.core.intent.build import build_intents
from siteauto.core.models import SiteName
from siteauto.platforms import load_platforms
from siteauto.reporters.findings import findings_data, findings_junit, findings_sarif, findings_text
from siteauto.workflows.render import render_site

ROOT = Path(__file__).parents[3]
BASE = ROOT / "tests" / "golden" / "errors" / "base"
SITE = SiteName("us-nyc-mad01")
PLATFORMS = load_platforms()
LINES = {
    "sw1": "ip tftp source-interface Vlan99",
    "wlc1": "ip ftp source-interface Vlan99",
    "fw1": "config system ptp\n    set status enable\nend",
}


@pytest.fixture
def inventory(tmp_path):
    shutil.copytree(BASE, tmp_path / "inventory")
    file = tmp_path / "inventory" / "archetypes" / "boutique-m.yaml"
    text = file.read_text()
    for short, lines in LINES.items():
        quoted = json.dumps(lines + "\n")
        text = text.replace(f"  {short}: {{", f"  {short}: {{extra_cli: {quoted}, ")
    file.write_text(text)
    return YamlInventory(tmp_path / "inventory", PLATFORMS)


def test_they_are_a_note_and_no_problem(inventory):
    assert check_company(inventory) == ()
    notes = [note for note in inventory.look().findings if note.message.startswith(SITE)]
    assert {note.level for note in notes} == {"note"}
    assert {note.place.file for note in notes} == {"inventory/archetypes/boutique-m.yaml"}
    assert findings_text(notes[:1]).startswith(
        "note[N1001]: us-nyc-mad01-fw1 has 3 lines of its own that siteauto passes on unread: config system ptp; set"
    )
    assert "problem" not in findings_text(notes)


def test_other_formats_tell_them_apart(inventory):
    notes = inventory.look().findings
    assert {each["level"] for each in findings_data(notes)["findings"]} == {"note"}
    assert {each["level"] for each in findings_sarif(notes)["runs"][0]["results"]} == {"note"}
    suite = ET.fromstring(findings_junit(notes, [SITE]))
    assert (suite.get("failures"), len(suite.findall("testcase"))) == ("0", 1)
    assert "N1001" in suite.findtext("system-out")


def test_they_end_the_rendered_text(inventory):
    intents = build_intents(inventory.site(SITE), PLATFORMS)
    texts = render_site(intents, PLATFORMS, JinjaRenderer(ROOT / "templates"))
    for intent in intents:
        lines = LINES.get(intent.device.short)
        if lines is None:
            continue
        assert intent.extra_cli == lines
        text = texts[intent.device.name].text
        assert lines in text[-200:]
        candidate = to_candidate(parse(PLATFORMS[intent.device.platform].config, text))
        assert set(lines.splitlines()) <= set(candidate.splitlines())
