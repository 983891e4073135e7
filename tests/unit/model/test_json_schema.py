"""The schemas that editors use: committed as they are made, true to every example file, and strict about keys."""

import json
import re
from pathlib import Path

import pytest
import yaml

from siteauto.adapters.yaml_inventory.hints import HINTS
from siteauto.adapters.yaml_inventory.json_schema import json_schemas
from siteauto.app.company import write_schemas

INVENTORY = Path(__file__).parents[3] / "inventory"
KINDS = {"defaults": ["defaults.yaml"], "archetype": ["archetypes/*.yaml"], "site": ["sites/*.yaml"]}
FILES = [(kind, file) for kind, globs in KINDS.items() for glob in globs for file in sorted(INVENTORY.glob(glob))]
TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


class Yaml12(yaml.SafeLoader):
    """As a YAML 1.2 editor reads: a date is a text, NO is a word."""


Yaml12.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def load(text):
    return yaml.load(text, Loader=Yaml12)


def complaints(value, schema, root, path=""):
    """What an editor would underline: as much of JSON Schema as ours use."""
    if "$ref" in schema:
        yield from complaints(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root, path)
    elif "anyOf" in schema and "properties" not in schema:
        found = [list(complaints(value, option, root, path)) for option in schema["anyOf"]]
        yield from min(found, key=len)
    elif not is_one_of(value, schema.get("type", list(TYPES))):
        yield f"{path}: {value!r} is no {schema['type']}"
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from complaints(each, schema.get("items", {}), root, f"{path}[{number}]")
    elif isinstance(value, dict):
        yield from of_mapping(value, schema, root, path)
    else:
        yield from of_scalar(value, schema, path)


def is_one_of(value, kinds):
    if isinstance(value, bool):
        return "boolean" in kinds
    return any(isinstance(value, TYPES[kind]) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def of_scalar(value, schema, path):
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value!r} is not {schema['pattern']}"
    if not schema.get("minimum", value) <= value <= schema.get("maximum", value) if value is not None else False:
        yield f"{path}: {value!r} is out of range"


def of_mapping(value, schema, root, path):
    if "anyOf" in schema and not any(set(each["required"]) <= set(value) for each in schema["anyOf"]):
        yield f"{path}: none of {schema['anyOf']} is there"
    yield from (f"{path}: {key} is missing" for key in schema.get("required", ()) if key not in value)
    for key, each in value.items():
        known = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
        if known is False:
            yield f"{path}: unknown key {key}"
        else:
            yield from complaints(each, known, root, f"{path}.{key}")


@pytest.mark.parametrize(("kind", "file"), FILES, ids=lambda each: getattr(each, "stem", each))
def test_every_example_file_fits_and_names_its_schema(kind, file):
    text = file.read_text("utf-8")
    schema = json_schemas()[kind]
    assert list(complaints(load(text), schema, schema)) == []
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", text.splitlines()[0])
    assert named, "its first line names no schema"
    assert (file.parent / named[1]).resolve() == INVENTORY / "schemas" / f"{kind}.schema.json"


def test_the_committed_schemas_are_current(tmp_path):
    made = write_schemas(tmp_path)
    assert {file.name for file in made} == {file.name for file in (INVENTORY / "schemas").iterdir()}
    for file in made:
        assert file.read_text() == (INVENTORY / "schemas" / file.name).read_text(), "run: siteauto schema"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("devices:", "devises:", "unknown key devises"),
        ("serial: FOC2731A0KL", "serail: FOC2731A0KL", "unknown key serail"),
        ("supernet: 10.44.16.0/22", "supernet: 10.44.16.0", "supernet"),
        ("rate: 500/500", "rate: 500", "rate"),
        ("growth: 30%", "growth: lots", "growth"),
        ("staff: 14", "staff: -1", "staff"),
        ("site: us-nyc-mad01\n", "", "site is missing"),
        ("rooms:", "rooms: []\nroom:", "rooms"),
    ],
)
def test_what_is_wrong_is_underlined(old, new, said):
    text = (INVENTORY / "sites" / "us-nyc-mad01.yaml").read_text("utf-8")
    assert old in text
    schema = json_schemas()["site"]
    assert any(said in each for each in complaints(load(text.replace(old, new, 1)), schema, schema))


def test_no_hint_is_left_over():
    parts = json.dumps(json_schemas()["site"])
    assert all(f'"{part}"' in parts or part == "SiteDocument" for part in HINTS)
    for part, hints in HINTS.items():
        schema = json_schemas()["site"]
        known = schema if part == "SiteDocument" else schema["definitions"][part]
        assert set(hints) == set(known["properties"]) or part == "OrganisationOverride"


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("site: fi-hel-abc01\nbackup_only: {}", True),
        ("site: fi-hel-abc01\naccess: {}", False),
        ("site: fi-hel-abc01\narchetype: a\ntimezone: UTC\nsupernet: 10.0.0.0/24\naddress: {city: Helsinki}", True),
    ],
)
def test_a_site_names_its_standard_or_has_boxes_that_are_only_read(text, is_whole):
    schema = json_schemas()["site"]
    assert (not list(complaints(load(text), schema, schema))) is is_whole
