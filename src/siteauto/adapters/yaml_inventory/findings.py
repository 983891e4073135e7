"""Says where in the files a problem stands: what broke the schema or a rule becomes a finding with its place."""

from collections.abc import Sequence
from dataclasses import replace
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.schema import SiteDocument
from siteauto.core.errors import Finding, Place
from siteauto.core.site.problems import Problem, close_match, nearest

TYPED_WORD = "E1105"
SECRET_NAME = "secret://us-nyc-mad01/old-switch"  # noqa: S105 - a name
Location = tuple[str | int, ...]

EXPECTED = {
    "int_parsing": "a whole number",
    "float_parsing": "a number",
    "bool_parsing": "true or false",
    "model_type": "a mapping of keys to values",
    "dict_type": "a mapping of keys to values",
    "tuple_type": "a list, such as [one, two]",
    "string_type": "a single value",
}


def finding_of_problem(problem: Problem, root: Node) -> Finding:
    """A broken rule with the place of what broke it, and of what else has to do with it."""
    trail = root.trail(problem.path)
    if problem.else_path and len(trail) <= len(problem.path):
        trail = root.trail(problem.else_path)
    node = trail[-1]
    place = node.key_place if problem.at_key and node.key_place else node.place
    notes = [f"{each.text}, from {spot(root.find(each.path).place)}" for each in problem.related]
    return Finding(
        code=problem.code,
        message=problem.message,
        place=place,
        notes=(*notes, *_overridden(node)),
        help=problem.help,
    )


def findings_of_schema(
    error: ValidationError, root: Node, schema: type[BaseModel] = SiteDocument
) -> tuple[Finding, ...]:
    """What pydantic found, in our words. A key that is only misspelt is not said to be missing as well."""
    details = error.errors(include_url=False)
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    found = [_shape_finding(each, root, schema) for each in details if not _only_misspelt(each, unknown)]
    secret = {(each.place.file, each.place.line) for each in found if each.code == TYPED_WORD}
    return tuple(
        replace(each, place=replace(each.place, text="")) if (each.place.file, each.place.line) in secret else each
        for each in found
    )


def _only_misspelt(detail: ErrorDetails, unknown: Sequence[Location]) -> bool:
    *parent, key = detail["loc"]
    beside = [str(other) for *above, other in unknown if above == parent]
    return detail["type"] == "missing" and bool(close_match(str(key), beside))


def _shape_finding(detail: ErrorDetails, root: Node, schema: type[BaseModel]) -> Finding:
    location = detail["loc"]
    if detail["type"] == "missing":
        return _missing(location, root)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(location, root, schema)
    node = root.find(location)
    if detail["type"] == "secret" or location[-1] == "login":
        return _typed_secret(location, node)
    known = [word.strip("'") for word in _choices(detail)]
    expected = f"one of {', '.join(known)}" if known else _expected(detail)
    return Finding(
        code="E1103",
        message=f"{_dotted(location)} must be {expected}, found {_shown(node)}",
        place=node.place,
        notes=_overridden(node),
        help=close_match(str(node.value), known),
    )


def _typed_secret(location: Location, node: Node) -> Finding:
    """A password in the file: neither it nor its line is shown again."""
    what = "the name of a secret" if location[-1] != "login" else "a username, and a password by its name"
    return Finding(
        code=TYPED_WORD,
        message=f"{_dotted(location)} must be {what}, such as {SECRET_NAME}",
        place=node.place,
        help="if this was a password that is in use, change it: it was in a file",
    )


def _expected(detail: ErrorDetails) -> str:
    if detail["type"] == "expected":
        return str(detail.get("ctx", {})["expected"])
    if detail["type"].startswith("date_"):
        return "a date such as 2028-03-31"
    return EXPECTED.get(detail["type"], detail["msg"])


def _choices(detail: ErrorDetails) -> list[str]:
    if detail["type"] not in ("literal_error", "enum"):
        return []
    return str(detail.get("ctx", {})["expected"]).replace(" or ", ", ").split(", ")


def _missing(location: Location, root: Node) -> Finding:
    """A missing key is shown where the site could give it, not where an archetype left it open."""
    trail = root.trail(location)
    parent = trail[-1]
    here = next(node for node in reversed(trail) if node.place.file == root.place.file)
    notes = (f"{_dotted(location[:-1])} comes from {spot(parent.place)}",) if parent is not here else ()
    return Finding(
        code="E1102",
        message=f"{_dotted(location)} is missing",
        place=here.key_place or here.place,
        notes=notes,
        help=f"add {location[-1]}: …",
    )


def _unknown_key(location: Location, root: Node, schema: type[BaseModel]) -> Finding:
    node = root.find(location)
    return Finding(
        code="E1101",
        message=f"unknown key {_dotted(location)}",
        place=node.key_place or node.place,
        help=nearest(str(location[-1]), _legal_keys(location[:-1], schema)),
    )


def _legal_keys(location: Location, schema: type[BaseModel]) -> list[str]:
    kind: Any = schema  # a type of the schema, walked down by annotation
    for step in location:
        kind = member_kind(kind, step)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [field.alias or name for name, field in kind.model_fields.items()]
    return []


def member_kind(kind: Any, step: str | int) -> Any:  # noqa: ANN401 - annotations have no common type
    """The type of a member of this type of the schema; None: it has none of this name."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return _bare(fields.get(str(step)))
    inner = {dict: get_args(kind)[1:2], tuple: get_args(kind)[:1]}.get(get_origin(kind), ())
    return _bare(inner[0]) if inner else None


def _bare(kind: Any) -> Any:  # noqa: ANN401 - annotations have no common type
    """A type without its validators, and without the None of a part that may be left out."""
    if get_origin(kind) is Annotated:
        return get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        return next(each for each in get_args(kind) if each is not NoneType)
    return kind


def _overridden(node: Node) -> tuple[str, ...]:
    """Where an overridden value came from: the inheritance chain of a single value."""
    notes = []
    while node.replaces is not None:
        node = node.replaces
        if isinstance(node.value, str):
            notes.append(f"overrides {node.value}, from {spot(node.place)}")
    return tuple(notes)


def _dotted(location: Sequence[str | int]) -> str:
    return ".".join(str(step) for step in location)


def _shown(node: Node) -> str:
    if node.value is None:
        return "nothing"
    if not isinstance(node.value, str):
        return "a mapping" if isinstance(node.value, dict) else "a list"
    text = node.value if len(node.value) <= 60 else node.value[:60] + "…"
    return repr(text)


def spot(place: Place) -> str:
    """A place in few words: file:line."""
    return f"{place.file}:{place.line}"
