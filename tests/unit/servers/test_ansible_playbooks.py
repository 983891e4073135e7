"""The adapter with real Ansible on this machine, and no server: what it passes on, keeps to itself, and cleans up."""

import os
import tempfile
import threading
from pathlib import Path

import pytest

from siteauto.adapters.ansible_playbooks import AnsiblePlaybooks
from siteauto.core.errors import SecretError, UsageError
from siteauto.testing.fakes import FakeSecrets

SECRET = "s3cret {{ 7 * 7 }} \"of\" the 'site'"
INVENTORY = {
    "all": {
        "children": {
            "site_servers": {
                "hosts": {"box": {"ansible_connection": "local", "ansible_python_interpreter": "/usr/bin/python3"}},
                "vars": {"text": "kept {{ as }} it is", "numbers": [1, True, None]},
            }
        }
    },
    "secrets": {"word": "secret://site/radius"},
}


@pytest.fixture
def play(tmp_path, monkeypatch):
    """Runs tasks against this machine; no folder of a play may be left."""
    scratch = tempfile.TemporaryDirectory(dir="/tmp")
    monkeypatch.setattr(tempfile, "tempdir", scratch.name)
    monkeypatch.setenv("ANSIBLE_STRATEGY", "the-operators-own")
    monkeypatch.setenv("SITEAUTO_SECRET_OTHER", "not for Ansible")

    def run(tasks, *, check=False, inventory=INVENTORY, on_event=lambda event: None):
        text = f"- hosts: site_servers\n  gather_facts: false\n  tasks:\n{tasks}"
        (tmp_path / "site_server.yml").write_text(text, encoding="utf-8")
        books = AnsiblePlaybooks(root=tmp_path, secrets=FakeSecrets({"site/radius": SECRET}))
        try:
            return books.run(inventory=inventory, check=check, on_event=on_event)
        finally:
            assert not list(Path(scratch.name).iterdir())

    with scratch:
        yield run


WRITE = """
    - name: Write
      ansible.builtin.copy: {{content: "{{{{ word }}}}|{{{{ text }}}}|{{{{ numbers }}}}", dest: {dest}, mode: "0600"}}
"""


def test_values_arrive_as_they_are_and_the_result_does_not_tell_the_secret(play, tmp_path):
    dest = tmp_path / "out"
    planned = play(WRITE.format(dest=dest), check=True)
    assert not dest.exists()
    assert (planned.status, len(planned.changed)) == ("successful", 1)
    assert "secret://site/radius|kept" in planned.changed[0].diff
    events = []
    played = play(WRITE.format(dest=dest), on_event=events.append)
    assert dest.read_text(encoding="utf-8").startswith(f"{SECRET}|kept {{{{ as }}}} it is|[1, ")
    assert [event.state for event in events] == ["running", "changed"]
    assert "s3cret" not in repr((planned, played, events))


def test_a_failure_names_host_task_and_words_without_the_secret(play):
    result = play('\n    - name: Break\n      ansible.builtin.fail: {msg: "no {{ word }}"}\n')
    assert (result.status, result.reason) == ("failed", "box: Break: no secret://site/radius")


def test_a_playbook_that_cannot_be_read_says_why(play):
    result = play("\n    - name: Break\n      no.such.module:\n")
    assert result.status == "failed"
    assert "no.such.module" in result.reason


def test_an_empty_inventory_is_no_success(play):
    empty = {"all": {"children": {"site_servers": {"hosts": {}}}}}
    assert play("\n    - ansible.builtin.ping:\n", inventory=empty).status == "failed"


def test_the_operators_settings_and_secrets_stay_outside(play):
    shown = play("\n    - ansible.builtin.debug: {msg: \"{{ lookup('pipe', 'env') }}\"}\n").tasks[0].message
    assert "not for Ansible" not in shown
    assert "the-operators-own" not in shown
    assert "ANSIBLE_PIPELINING=1" in shown
    assert os.environ["SITEAUTO_SECRET_OTHER"]


def test_a_listener_that_fails_ends_the_play(play):
    def interrupted(event):
        assert threading.current_thread() is threading.main_thread()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play("\n    - ansible.builtin.command: sleep 60\n", on_event=interrupted)


def test_what_is_missing_is_said_before_anything_runs(tmp_path):
    secrets = FakeSecrets({"site/radius": SECRET})
    with pytest.raises(UsageError, match="The playbook"):
        AnsiblePlaybooks(root=tmp_path, secrets=secrets).run(inventory=INVENTORY, check=True, on_event=print)
    (tmp_path / "site_server.yml").write_text("[]")
    with pytest.raises(UsageError, match="Ansible"):
        AnsiblePlaybooks(root=tmp_path, secrets=secrets, scripts=tmp_path).run(
            inventory=INVENTORY, check=True, on_event=print
        )
    with pytest.raises(SecretError, match="site/radius"):
        AnsiblePlaybooks(root=tmp_path, secrets=FakeSecrets({})).run(inventory=INVENTORY, check=True, on_event=print)
