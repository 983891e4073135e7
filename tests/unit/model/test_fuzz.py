"""Whatever is in the files, only InputError and UsageError come out, and what is accepted can be derived."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from siteauto.adapters.yaml_documents import parse_document
from siteauto.adapters.yaml_inventory.inventory import YamlInventory, check_company
from siteauto.core.errors import InputError, UsageError
from siteauto.core.intent.build import build_intents
from siteauto.core.models import SiteName
from siteauto.platforms import load_platforms
from siteauto.reporters.findings import finding_text

BASE = Path(__file__).parents[2] / "golden" / "errors" / "base"
SITE = "us-nyc-mad01"
FILES = ("defaults.yaml", "archetypes/boutique-m.yaml", f"sites/{SITE}.yaml")
FULL = {  # what the base company's files do not use, so that it is mutated too
    '  rack: {floor: "1", e911: Stock room}': '  rack: {floor: "1", profile: till, ports: {sw1: [1/0/13, 1/0/14-15]}}',
    "serial: FOC2731A0KL, room: rack": "serial: FOC2731A0KL, room: rack, unused_ports: edge, extra_cli: ip dns server, "
    "organisation: {ntp_servers: [10.9.9.9]}, port_profiles: {till: {vlan: corp, voice: none, poe: high}}",
    "    1/0/11-12: {profile: till}": "    1/0/11-12: {profile: till, vlan: corp, poe: critical, description: door}",
}
MORE = """
desks: {101-102: {room: rack, profile: edge, ports: {sw1: 1/0/16-19}}, reception: {ports: {sw1: [1/0/20]}}}
cabling: {srv1 eth0: {to: sw1 1/0/2, label: C-7, length_m: 2.5}}
unused_ports: disabled
backup_only:
  old1: {platform: cisco_ios, address: 10.44.17.170, port: 2222, login: {username: b, password: secret://us-nyc-mad01/old}}
"""
WORDS = ["", "null", "-1", "0", "4095", "99999999999", "10.44.16.0/22", "10.44.17.0/25", "0.0.0.0/0", "x" * 70, "mgmt", "internet",
         "sw1 1/0/1", "1/0/9-2", "1-99999999", "\u0000", "'", "{", "[a", "&a", "*a", "- ", "? ", "!!python/object:os.system x", "\t", "é", "1_0", "all",
         "none", "edge", "secret://a/b", "101-103", "sw1", "operators", "Factory", "../../etc", "1e3", "wlc1", "fw1 wan1", "circuit wan1", "core", "ap", "server", "firewall"]  # fmt: skip


def original_of(name):
    text = (BASE / name).read_text("utf-8")
    for old, new in FULL.items() if SITE in name else ():
        assert old in text
        text = text.replace(old, new)
    return text + MORE if SITE in name else text


@pytest.fixture(scope="module")
def inventory(tmp_path_factory):
    root = tmp_path_factory.mktemp("fuzz") / "inventory"
    shutil.copytree(BASE, root)
    for name in FILES:
        (root / name).write_text(original_of(name), "utf-8")
    assert check_company(YamlInventory(root, load_platforms())) == ()
    return root


def judge(root):
    """Load the company every way there is."""
    platforms = load_platforms()
    inventory = YamlInventory(root, platforms)
    findings = check_company(inventory)
    for finding in findings:
        assert finding_text(finding)
    try:
        site = inventory.site(SiteName(SITE))
    except (InputError, UsageError):
        return
    assert build_intents(site, platforms)


def replaced(text, place, old_length, new):
    return text[:place] + new + text[place + old_length :]


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mutated_text(inventory, data):
    name = data.draw(st.sampled_from(FILES))
    original = original_of(name)
    text = original
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        text = replaced(text, place, length, data.draw(st.sampled_from(WORDS) | st.text(max_size=6)))
    try:
        (inventory / name).write_text(text, "utf-8", errors="surrogatepass")
        judge(inventory)
    finally:
        (inventory / name).write_text(original, "utf-8")


def flow(value):
    """A plain value as YAML, quoted where a word could be taken for something else."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return "null" if value is None else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def spots(value, path=()):
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in members:
        yield from spots(each, (*path, key))


VALUES = st.recursive(
    st.none() | st.sampled_from([word for word in WORDS if word.isprintable()]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "sw1", "x", "1/0/3"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=examples(250), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mutated_values(inventory, data):
    name = data.draw(st.sampled_from(FILES))
    original = original_of(name)
    node, _ = parse_document(original, name)
    value = node.plain()
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([path for path in spots(value) if path]))
        parent = value
        for step in path[:-1]:
            parent = parent[step]
        if data.draw(st.integers(0, 3)) == 0:
            del parent[path[-1]]
        else:
            parent[path[-1]] = data.draw(VALUES)
        if not any(path for path in spots(value) if path):
            break
    try:
        (inventory / name).write_text(flow(value), "utf-8")
        judge(inventory)
    finally:
        (inventory / name).write_text(original, "utf-8")


def told(inventory, path):
    try:
        assert inventory.explain(SiteName(SITE), path)
    except (InputError, UsageError):
        return False
    return True


@settings(max_examples=examples(100), deadline=None)
@given(path=st.lists(st.sampled_from([word for word in WORDS if word]) | st.sampled_from(
    ["ports", "sw1", "1/0/13", "devices", "vlans", "corp", "desks", "poe", "organisation", "port_profiles", "till"]
), min_size=1, max_size=5))  # fmt: skip
def test_any_path_is_explained_or_refused(inventory, path):
    told(YamlInventory(inventory, load_platforms()), path)


def test_every_path_that_is_written_is_explained(inventory):
    company = YamlInventory(inventory, load_platforms())
    for name in FILES:
        node, _ = parse_document((inventory / name).read_text("utf-8"), name)
        for path in spots({key: each for key, each in node.plain().items() if isinstance(each, dict)}):
            if path and not any(isinstance(step, int) for step in path):
                assert told(company, path), path
