"""Everything that PyGithub and our fake GitHub say to each other is as GitHub's published description has it."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from siteauto.core.errors import ForgeError, ForgeMissingError
from siteauto.core.forge import Annotation, State, Status

from .packages import npm_folder

# Seventy fields of a repository that are of no use here: those that are there must be right.
PARTS = ("repository", "minimal-repository", "full-repository", "simple-check-suite")

ANYWHERE = (401, 403, 404)  # what any path may say, although not each of them is described so


class Description:
    """GitHub's OpenAPI document, as a judge."""

    def __init__(self, document):
        self.paths = document["paths"]
        self.components = _converted(document["components"])
        for name in PARTS:
            self.components["schemas"].get(name, {}).pop("required", None)

    def complaints(self, said):
        asked, answer = said.asked, said.answer
        if asked.path == "/graphql":  # described elsewhere
            return
        operation = self._operation(asked.method, asked.path)
        if operation is None:
            yield f"{asked.method} {asked.path} is not described"
            return
        known = {one["name"] for one in map(self._resolved, operation.get("parameters", ())) if one["in"] == "query"}
        yield from (f"{asked.path}: unknown parameter {name}" for name in set(asked.query) - known)
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if asked.body is not None:
            yield from self._compare(body, asked.body, f"request of {asked.method} {asked.path}")
        response = self._resolved(operation["responses"].get(str(answer.status)) or {})
        if not response and answer.status not in ANYWHERE:
            yield f"{asked.method} {asked.path}: {answer.status} is not described"
        schema = response.get("content", {}).get("application/json", {}).get("schema")
        if schema is not None and answer.status < 300:
            yield from self._compare(schema, answer.body, f"answer to {asked.method} {asked.path}")

    def _operation(self, method, path):
        for template in sorted(self.paths, key=lambda one: one.count("{")):
            if (
                re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path)
                and method.lower() in self.paths[template]
            ):
                return self.paths[template][method.lower()]
        return None

    def _resolved(self, part):
        if "$ref" not in part:
            return part
        _, _, kind, name = part["$ref"].split("/")
        return self.components[kind][name]

    def _compare(self, schema, data, what):
        whole = {"allOf": [_converted(schema)], "components": self.components}
        for error in Draft202012Validator(whole).iter_errors(data):
            yield f"{what}: {error.json_path}: {error.message[:300]}"


def _converted(part):
    """OpenAPI 3.0's `nullable` as JSON Schema says it."""
    if isinstance(part, list):
        return [_converted(each) for each in part]
    if not isinstance(part, dict):
        return part
    made = {key: _converted(value) for key, value in part.items() if key not in ("nullable", "example", "examples")}
    if part.get("nullable") is True:
        return {"anyOf": [made, {"type": "null"}]}
    return made


@pytest.fixture(scope="module")
def description():
    folder = npm_folder("@octokit/openapi", "23.0.2")
    with (folder / "generated" / "api.github.com.json").open() as stream:
        return Description(json.load(stream))


def use_everything(forge):
    """One call of each kind that siteauto makes."""
    client, app = forge.client(), forge.client("tok-actions")
    assert (client.login(), app.login()) == ("netbot", "github-actions[bot]")
    client.add_comment(1, "one")
    (comment,) = client.comments(1)
    client.edit_comment(1, comment.id, "two")
    client.delete_comment(1, comment.id)
    with pytest.raises(ForgeMissingError):
        client.edit_comment(1, comment.id, "x")
    with pytest.raises(ForgeError):
        client.add_comment(1, "x" * 65_537)
    client.set_status(
        forge.head, Status(name="siteauto/plan/x", state=State.SUCCESS, description="d", url="https://x.example")
    )
    client.set_status(forge.head, Status(name="siteauto/plan/y", state=State.ERROR, description="d"))
    assert len(client.statuses(forge.head)) == 2
    found = [Annotation(file="f", line=line, level="warning", title="t", message="m") for line in range(1, 61)]
    app.annotate(forge.head, "siteauto plan", found)
    app.annotate(forge.head, "siteauto plan", found)
    assert client.scan(client.pull_request(1), "{}")
    forge.push("siteauto/drift/x", "three")
    made = client.open_pull_request(head="siteauto/drift/x", base="main", title="Drift", body="one")
    client.describe(made.number, title="Drift of x", body="two")
    client.close(made.number)
    assert client.pull_requests_from("siteauto/drift/x")
    assert client.open_pull_requests()


def test_the_traffic_is_as_described(github, description):
    use_everything(github)
    complaints = [each for said in github.server.traffic for each in description.complaints(said)]
    assert complaints == []
    assert len(github.server.traffic) > 25


def test_the_judge_sees_what_is_wrong(github, description):
    client = github.client()
    client.comments(1)
    said = github.server.traffic[-1]
    said.asked.query["perpage"] = "1"
    said.answer.body = [{"id": "no number"}]
    assert len(list(description.complaints(said))) > 3
