"""The printed intent has every field, and docs/intent.md tells what each one means."""

import json
import re
from dataclasses import fields, is_dataclass
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path
from typing import get_args, get_type_hints

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.intent import DeviceIntent
from siteauto.core.intent.build import build_intents
from siteauto.core.models import SecretRef, SiteName
from siteauto.platforms import load_platforms
from siteauto.reporters.intent import intent_data, intent_text

ROOT = Path(__file__).parents[3]
PLATFORMS = load_platforms()
SITE = YamlInventory(ROOT / "inventory", PLATFORMS).site(SiteName("us-nyc-mad01"))
INTENTS = {intent.device.short: intent for intent in build_intents(SITE, PLATFORMS)}


def parts(kind, seen=None):
    """The dataclasses that an intent is made of."""
    seen = {} if seen is None else seen
    if is_dataclass(kind) and kind is not SecretRef and kind not in seen:
        seen[kind] = [field.name for field in fields(kind)]
        for hint in get_type_hints(kind).values():
            parts(hint, seen)
    for inner in get_args(kind):
        parts(inner, seen)
    return seen


def test_the_page_has_every_field_and_no_other():
    page = (ROOT / "docs" / "intent.md").read_text("utf-8")
    told = {
        title: re.findall(r"^\| (\w+) \|", text, re.MULTILINE)[1:]
        for title, text in re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    }
    assert told == {kind.__name__: names for kind, names in parts(DeviceIntent).items()}


def test_every_field_is_printed():
    for intent in INTENTS.values():
        data = intent_data(intent)
        assert list(data) == ["format_version", *(field.name for field in fields(DeviceIntent))]
        assert json.loads(json.dumps(data)) == data


def test_values_are_text_and_secrets_are_names():
    data = intent_data(INTENTS["wlc1"])
    assert data["device"]["role"] == "wlc"
    assert IPv4Interface(data["management"]["address"]) == INTENTS["wlc1"].management.address
    assert [IPv4Address(each) for each in data["site_servers"]] == list(INTENTS["wlc1"].site_servers)
    assert data["ssids"][1]["secret"] == "secret://us-nyc-mad01/wlan_staff"


def test_text_leaves_out_what_is_empty():
    lines = intent_text(INTENTS["sw1"]).splitlines()
    assert "  address: 10.44.19.34/27" in lines
    assert "    trunk_vlans: 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99" in lines
    assert "  - name: GigabitEthernet1/0/1" in lines
    assert not [line for line in lines if line.startswith(("ssids", "policies"))]
    assert "    | NOTICE: this is a private system of Maison Verre." in lines
