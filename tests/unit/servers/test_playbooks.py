"""Rules of the shipped playbooks that Ansible itself does not check."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3] / "playbooks"
FILES = sorted(ROOT.glob("**/*.yml"))
KEYWORDS = {"name", "when", "register", "notify", "changed_when", "failed_when", "check_mode", "no_log"}


def tasks(file):
    for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
        if "hosts" in entry:
            yield from (*entry.get("pre_tasks", ()), *entry.get("post_tasks", ()))
        else:
            yield entry


def modules(task):
    return sorted(set(task) - KEYWORDS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_only_modules_that_come_with_ansible_core(file):
    assert [(task["name"], modules(task)) for task in tasks(file) if len(modules(task)) != 1] == []
    assert [modules(task)[0] for task in tasks(file) if not modules(task)[0].startswith("ansible.builtin.")] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_whatever_holds_a_secret_is_hidden(file):
    for task in tasks(file):
        template = (task.get("ansible.builtin.template") or {}).get("src", "")
        text = file.parent.parent.joinpath("templates", template).read_text() if template else ""
        assert "_secret" not in text or task["no_log"] is True


def test_every_handler_is_asked_for_and_every_ask_has_a_handler():
    for role in (ROOT / "roles").iterdir():
        asked = set()
        for task in tasks(role / "tasks" / "main.yml"):
            notify = task.get("notify", [])
            asked |= {notify} if isinstance(notify, str) else set(notify)
        handlers = {handler["name"] for handler in tasks(role / "handlers" / "main.yml")}
        # One handler may be shared: the roles of a play see each other's.
        assert asked - handlers <= {"Restart rsyslog"}, role.name
        assert handlers <= asked, role.name
