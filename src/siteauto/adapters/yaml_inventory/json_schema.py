"""JSON Schemas of the inventory's files, for editors: made from the same models that judge the files.

An editor knows one file at a time, so nothing that an outer file may give is required; `null` takes away what an outer
file has. Whatever the schema accepts that is wrong all the same is told by `siteauto validate`.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from siteauto.adapters.yaml_inventory.hints import HINTS, TITLES
from siteauto.adapters.yaml_inventory.schema import SiteDocument

DRAFT = "http://json-schema.org/draft-07/schema#"
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "defaults": ("organisation",),
    "archetype": ("archetype", "devices"),
    "site": ("site",),
}
STANDARD = ("archetype", "address", "timezone", "supernet")  # of a site that has more than boxes that are only read
ONE_WORD = "/CablePart"  # a mapping that may be written as a single word
NAME = ["string", "number"]  # a word that looks like a number needs no quotes

Json = dict[str, Any]  # JSON has no narrower type that a checker could follow through these walks


def json_schemas() -> dict[str, Json]:
    """The schema of each kind of file by its name: defaults, archetype, site."""
    whole = SiteDocument.model_json_schema(by_alias=True, mode="validation")
    parts = {name: _part(name, part) for name, part in whole.pop("$defs").items()}
    return {kind: _file(kind, whole, parts) for kind in REQUIRED}


def _file(kind: str, whole: Json, parts: Mapping[str, Json]) -> Json:
    part = _part("SiteDocument", whole)
    return {
        "$schema": DRAFT,
        "title": TITLES[kind],
        **part,
        "required": list(REQUIRED[kind]),
        **({"anyOf": [{"required": list(STANDARD)}, {"required": ["backup_only"]}]} if kind == "site" else {}),
        "definitions": deepcopy(dict(parts)),
    }


def _part(name: str, part: Json) -> Json:
    properties = {key: _property(name, key, value) for key, value in part["properties"].items()}
    return {"description": part.get("description", ""), "type": "object", "additionalProperties": False,
            "properties": properties}  # fmt: skip


def _property(part: str, key: str, schema: Json) -> Json:
    found = _removable(_value(schema))
    return {"description": HINTS[part][key], **found}


def _removable(schema: Json) -> Json:
    """The value, or null, which takes it away."""
    if set(schema) == {"type"}:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {"type": [*kinds, "null"]}
    options = schema["anyOf"] if set(schema) == {"anyOf"} else [schema]
    return {"anyOf": [*(option for option in options if option != {"type": "null"}), {"type": "null"}]}


def _value(schema: Json) -> Json:
    """The same value without pydantic's titles and defaults, and as loose as the reader of the files is."""
    if "$ref" in schema:
        reference = {"$ref": schema["$ref"].replace("#/$defs/", "#/definitions/")}
        return {"anyOf": [{"type": "string"}, reference]} if schema["$ref"].endswith(ONE_WORD) else reference
    kept = {key: value for key, value in schema.items() if key not in ("title", "default")}
    if "anyOf" in kept:
        kept["anyOf"] = [_value(option) for option in kept["anyOf"]]
    if "items" in kept:
        kept["items"] = _value(kept["items"])
    if isinstance(kept.get("additionalProperties"), dict):
        kept["additionalProperties"] = _removable(_value(kept["additionalProperties"]))
    if kept == {"type": "string"}:
        kept["type"] = NAME
    if "enum" in kept:
        kept["enum"] = _loose(kept["enum"])
        kept.pop("type", None)
    return kept


def _loose(words: list[str]) -> list[object]:
    """Words that may stand, with the numbers that some of them look like."""
    numbers = [float(word) if "." in word else int(word) for word in words if word.replace(".", "", 1).isdecimal()]
    return [*(word for word in words if word), *numbers]
