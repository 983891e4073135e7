"""Secrets from programs: what they print is used and never shown, and only the operator says what is run."""

import os
import select
import shutil
import stat
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from siteauto.adapters.operator_settings import read_sources, settings_file
from siteauto.adapters.secret_command import CommandLine, CommandSecrets
from siteauto.adapters.secret_programs import Programs
from siteauto.adapters.secret_sources import SecretSources
from siteauto.cli.main import run
from siteauto.core.errors import InputError, SecretError, SiteautoError, UsageError
from siteauto.core.models import SecretRef

CANARY = "c4nary-Vh7#kq"
REF = SecretRef(name="us-nyc-mad01/enable")
EXAMPLE = Path(__file__).parents[3]


@pytest.fixture
def operator(tmp_path):
    """An operator with a home, a folder of programs of his own, and a repository."""
    for name in ("home", "programs", "repository"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def environment(operator):
    return {"HOME": str(operator / "home"), "PATH": f"{operator / 'programs'}:/usr/bin:/bin"}


def program(folder, text, name="ask"):
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


def ask(operator, environment, text, *, ref=REF, **options):
    """What siteauto makes of a program that does this."""
    file = program(operator / "programs", text)
    command = CommandLine(program=file, arguments=["{name}"], **{"timeout": 30.0, **options})
    programs = Programs(environment=environment, repository=operator / "repository")
    return CommandSecrets(programs, command).seek(ref)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("printf 'value'", "value"),
        ("printf 'value\\n'", "value"),
        ("printf 'value\\r\\n'", "value"),
        ("printf ' two words \\n'", " two words "),
        ("printf 'gr\\303\\274n\\n'", "grün"),
        ('echo "$1"', "us-nyc-mad01/enable"),
        ("pwd", "/"),
        ("cat; echo end", "end"),  # nothing to read, and no waiting for it
    ],
)
def test_what_a_program_prints_is_the_value(operator, environment, text, value):
    assert ask(operator, environment, text).value == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("exit 3", "ask ended with code 3"),
        (f"echo {CANARY}; exit 1", "ask ended with code 1"),
        (f"echo {CANARY} >&2", "ask printed nothing"),
        ("printf '\\n'", "ask printed nothing"),
        (f"echo {CANARY}; echo {CANARY}", "ask printed more than one line, or signs that no device takes"),
        (f"printf '{CANARY}\\377'", "ask printed something else than text"),
        (f"printf '{CANARY}\\0'", "ask printed more than one line, or signs that no device takes"),
        ("kill -9 $$", "ask ended with code -9"),
        ("head -c 1000001 /dev/zero", "ask printed more than 1,000,000 bytes"),
    ],
)
def test_what_is_no_value_is_told_without_what_was_printed(operator, environment, text, reason):
    sought = ask(operator, environment, text)
    assert (sought.value, sought.reason) == ("", reason)


def test_the_first_line_only_where_the_operator_says_so(operator, environment):
    assert ask(operator, environment, "printf 'value\\r\\nnotes\\n'", first_line=True).value == "value"


def test_a_program_that_does_not_end_is_ended_with_all_it_started_and_not_asked_again(operator, environment):
    pid = operator / "pid"
    file = program(operator / "programs", f"tail -f /dev/null & echo $! >> {pid}; echo {CANARY}; wait")
    programs = Programs(environment=environment, repository=operator / "repository")
    source = CommandSecrets(programs, CommandLine(program=file, arguments=["{name}"], timeout=1))
    assert source.seek(REF).reason == "ask did not end within 1 seconds"
    assert source.seek(REF).reason == "ask was not asked again"
    (child,) = pid.read_text().split()
    assert has_ended(int(child))


def has_ended(pid):
    """A process that was killed may need a while to go; the limit is only there so that a living one fails the test."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], 30)[0])
    finally:
        os.close(process)


@pytest.mark.parametrize(
    "name", ["-rf/x", "a/../b", "../b", "a/--help", "a/b;id", "a b/c", "a/$(id)", "a//b", "/etc/passwd", "a/"]
)
def test_a_name_that_could_mean_something_to_a_program_is_not_asked_for(operator, environment, name):
    mark = operator / "asked"
    sought = ask(operator, environment, f"touch {mark}; echo x", ref=SecretRef(name=name))
    assert sought.value == ""
    assert "odd name" in sought.reason
    assert not mark.exists()


def test_other_secrets_are_not_handed_to_the_program(operator, environment):
    sought = ask(operator, {**environment, "SITEAUTO_SECRET_X": CANARY, "VAULT_ADDR": "v"}, "env | grep -c -e SITEAUTO_SECRET; echo $VAULT_ADDR", first_line=True)  # fmt: skip
    assert sought.value == "0"


def test_a_missing_interpreter_is_a_reason(operator, environment):
    file = operator / "programs" / "ask"
    file.write_text("#!/no/such/interpreter\n")
    file.chmod(0o755)
    programs = Programs(environment=environment, repository=operator / "repository")
    sought = CommandSecrets(programs, CommandLine(program=file, arguments=["{name}"])).seek(REF)
    assert sought.reason == "ask cannot be started: No such file or directory"


# ── the operator's settings ──────────────────────────────────────────────────────────────────────────────────────────


def configure(operator, text):
    file = operator / "home" / ".config" / "siteauto" / "settings.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o600)
    return file


def sources(operator, environment):
    more = read_sources(environment, operator / "repository")
    return SecretSources(environment=environment, file=operator / "none.yaml", more=more)


def test_sources_are_asked_in_order_and_once(operator, environment):
    program(operator / "programs", f"echo one >> {operator}/asked; [ $2 = enable ] && echo first", name="first")
    program(operator / "programs", f"echo two >> {operator}/asked; echo second-$1", name="second")
    configure(
        operator,
        "secrets:\n  - command: {run: [first, '{site}', '{purpose}']}\n  - command: {run: [second, 'op://{name}']}\n",
    )
    found = sources(operator, environment)
    other = SecretRef(name="us-nyc-mad01/tacacs")
    assert [found.resolve(ref) for ref in (REF, other, REF)] == ["first", "second-op://us-nyc-mad01/tacacs", "first"]
    assert (operator / "asked").read_text().split() == ["one", "one", "two"]


def test_the_environment_and_the_file_come_first(operator, environment):
    program(operator / "programs", f"touch {operator}/asked; echo x")
    configure(operator, "secrets: [{command: {run: [ask, '{name}']}}]\n")
    found = sources(operator, {**environment, "SITEAUTO_SECRET_US_NYC_MAD01_ENABLE": "mine"})
    assert found.resolve(REF) == "mine"
    assert not (operator / "asked").exists()


def test_all_that_are_missing_are_named_with_what_was_said(operator, environment):
    program(operator / "programs", f"echo {CANARY}; [ $1 = a/b ]")
    configure(operator, "secrets: [{command: {run: [ask, '{name}']}}]\n")
    found = sources(operator, environment)
    refs = [SecretRef(name=name) for name in ("a/b", "a/c", "a/d")]
    assert found.missing(refs) == tuple(refs[1:])
    assert found.why_missing(refs[1]) == "ask ended with code 1"
    with pytest.raises(SecretError) as caught:
        found.resolve(refs[1])
    assert "Found: ask ended with code 1" in str(caught.value)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert CANARY not in repr(found.__dict__)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("secrets: [{command: {run: []}}]", "would print one secret for all names"),
        ("secrets: [{command: {run: [sh, -c, id]}}]", "would print one secret for all names"),
        ("secrets: [{command: {run: [./ask, '{name}']}}]", "given by a relative path"),
        ("secrets: [{command: {run: [no-such-program, '{name}']}}]", "There is no program no-such-program"),
        ("secrets: [{}]", "Source 1 of your settings file is not one source"),
    ],
)
def test_settings_that_cannot_be_are_refused(operator, environment, text, said):
    configure(operator, text)
    with pytest.raises(UsageError, match=said):
        sources(operator, environment)


def test_a_mistake_in_the_settings_is_shown_with_its_line(operator, environment):
    file = configure(operator, "secrets:\n  - command: {rum: [ask, '{name}']}\n")
    with pytest.raises(InputError) as caught:
        sources(operator, environment)
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.file, finding.place.line) == ("E1101", str(file), 2)
    assert finding.help == "Did you mean run?"


def test_where_the_settings_are(operator, environment):
    assert settings_file(environment) == operator / "home" / ".config" / "siteauto" / "settings.yaml"
    assert settings_file({**environment, "XDG_CONFIG_HOME": "/x"}) == Path("/x/siteauto/settings.yaml")
    assert settings_file({**environment, "SITEAUTO_SETTINGS": "~/s.yaml"}) == Path("~/s.yaml").expanduser()
    with pytest.raises(UsageError, match="cannot be read"):
        sources(operator, {**environment, "SITEAUTO_SETTINGS": str(operator / "none")})


def test_settings_that_others_can_write_are_not_obeyed(operator, environment):
    file = configure(operator, "secrets: [{command: {run: [ask, '{name}']}}]\n")
    file.chmod(0o620)
    with pytest.raises(UsageError, match="Others can change the settings file"):
        sources(operator, environment)


# ── a vault ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_vault_is_opened_by_ansible_itself(operator, environment):
    vault, password = operator / "network.yml", operator / "password"
    vault.write_text(
        f'site_secrets:\n  us-nyc-mad01: {{enable: "{CANARY}", pin: 0123}}\n  us-bos-cop01/enable: other\n'
    )
    password.write_text("open sesame\n")
    tool = Path(sys.executable).with_name("ansible-vault")
    subprocess.run([tool, "encrypt", "--vault-password-file", password, vault], check=True, capture_output=True)
    assert CANARY not in vault.read_text()
    text = f"secrets: [{{ansible_vault: {{file: {vault}, password_file: {password}, under: site_secrets}}}}]\n"
    configure(operator, text)
    found = sources(operator, environment)
    assert found.resolve(REF) == CANARY
    assert found.resolve(SecretRef(name="us-nyc-mad01/pin")) == "0123"
    assert found.resolve(SecretRef(name="us-bos-cop01/enable")) == "other"
    missing = SecretRef(name="us-nyc-mad01/none")
    assert found.missing([REF, missing]) == (missing,)
    assert found.why_missing(missing) == f"{vault} has no key us-nyc-mad01/none"
    password.write_text("wrong\n")
    assert "ansible-vault ended with code 1" in sources(operator, environment).why_missing(REF)


def test_a_vault_that_is_not_there_is_a_reason(operator, environment):
    configure(operator, "secrets: [{ansible_vault: {file: /no/vault, password_file: /no/password}}]\n")
    assert sources(operator, environment).why_missing(REF) == "there is no file /no/vault"


# ── the repository ───────────────────────────────────────────────────────────────────────────────────────────────────


def hostile_repository(operator):
    """Every trick by which a repository could have something run."""
    repository, mark = operator / "repository", operator / "pwned"
    for folder in ("inventory", "templates", "playbooks"):
        shutil.copytree(EXAMPLE / folder, repository / folder)
    evil = program(repository, f"touch {mark}; echo evil", name="pass")
    program(repository, f"touch {mark}; echo evil", name="ansible-vault")
    settings = f"secrets: [{{command: {{run: [{evil}, '{{name}}']}}}}]\n"
    for place in (
        "settings.yaml",
        ".siteauto/settings.yaml",
        "inventory/settings.yaml",
        ".config/siteauto/settings.yaml",
    ):
        (repository / place).parent.mkdir(parents=True, exist_ok=True)
        (repository / place).write_text(settings)
        (repository / place).chmod(0o600)
    (repository / "ansible.cfg").write_text(f"[defaults]\nvault_password_file = {evil}\n")
    (repository / ".envrc").write_text(f"touch {mark}\n")
    return repository, mark


def test_a_repository_cannot_have_anything_run(operator, environment, monkeypatch, capsys):
    repository, mark = hostile_repository(operator)
    vault, password = operator / "vault.yml", operator / "password"
    vault.write_text("a/b: x\n")
    password.write_text("open sesame\n")
    tool = Path(sys.executable).with_name("ansible-vault")
    subprocess.run([tool, "encrypt", "--vault-password-file", password, vault], check=True, capture_output=True)
    program(operator / "programs", "exit 1", name="pass")
    configure(
        operator,
        f"secrets:\n  - ansible_vault: {{file: {vault}, password_file: {password}}}\n"
        "  - command: {run: [pass, show, '{name}']}\n",
    )
    monkeypatch.chdir(repository)
    monkeypatch.setattr(
        os, "environ", {**environment, "PATH": f".::{environment['PATH']}", "SITEAUTO_STATE": str(operator / "state")}
    )
    for verb in (("validate", "--secrets"), ("render", "us-nyc-mad01"), ("explain", "us-nyc-mad01", "supernet")):
        assert run(verb) in (0, 2)
    assert "secret://us-nyc-mad01/enable has no value" in capsys.readouterr().err
    assert not mark.exists()


@pytest.mark.parametrize("key", ["secrets", "settings", "secret_command", "organisation.secrets"])
def test_a_repository_has_no_key_for_it(operator, environment, monkeypatch, capsys, key):
    repository, mark = hostile_repository(operator)
    defaults = repository / "inventory" / "defaults.yaml"
    line = f"[{{command: {{run: [{repository / 'pass'}, '{{name}}']}}}}]"
    text = defaults.read_text()
    *outer, last = key.split(".")
    defaults.write_text(
        text.replace("organisation:\n", f"organisation:\n  {last}: {line}\n") if outer else f"{text}\n{last}: {line}\n"
    )
    monkeypatch.chdir(repository)
    monkeypatch.setattr(os, "environ", {**environment, "SITEAUTO_STATE": str(operator / "state")})
    assert run(["validate", "--secrets"]) == 2
    assert f"unknown key {key}" in capsys.readouterr().out
    assert not mark.exists()


@pytest.mark.parametrize(
    "settings",
    [
        "secrets: [{{command: {{run: [{repository}/pass, '{{name}}']}}}}]\n",
        "secrets: [{{ansible_vault: {{file: /x, password_file: {repository}/pass}}}}]\n",
    ],
)
def test_not_even_the_operator_can_name_a_program_of_the_repository(operator, environment, settings):
    repository, _ = hostile_repository(operator)
    configure(operator, settings.format(repository=repository))
    with pytest.raises(UsageError, match="is inside the repository"):
        sources(operator, environment)


def test_settings_inside_the_repository_are_not_obeyed_even_through_a_link(operator, environment):
    repository, _ = hostile_repository(operator)
    link = operator / "home" / "mine.yaml"
    link.symlink_to(repository / "settings.yaml")
    for path in (repository / "settings.yaml", link):
        with pytest.raises(UsageError, match="is inside the repository"):
            sources(operator, {**environment, "SITEAUTO_SETTINGS": str(path)})


def test_a_program_on_path_that_leads_into_the_repository_is_not_run(operator, environment):
    repository, mark = hostile_repository(operator)
    configure(operator, "secrets: [{command: {run: [pass, '{name}']}}]\n")
    with pytest.raises(UsageError, match="is inside the repository"):
        sources(operator, {**environment, "PATH": f"{repository}:/usr/bin"})
    assert not mark.exists()


def test_a_canary_shows_up_nowhere(operator, environment, monkeypatch, capsys):
    """Every failure on the way to a value, and the whole of what siteauto writes about it."""
    repository, _ = hostile_repository(operator)
    program(
        operator / "programs",
        f'case "$1" in *enable) echo {CANARY};; *tacacs) echo {CANARY}; exit 1;; *radius) echo {CANARY} >&2; exit 1;; '
        f"*) printf '{CANARY}\\n{CANARY}';; esac",
    )
    configure(operator, "secrets: [{command: {run: [ask, '{name}']}}]\n")
    monkeypatch.setattr(os, "environ", {**environment, "SITEAUTO_STATE": str(operator / "state"), "SITEAUTO_DEBUG": ""})
    assert run(["validate", "--secrets", "--root", str(repository)]) == 2
    said = capsys.readouterr()
    assert "tacacs has no value (ask ended with code 1)" in said.err
    assert "enable has no value" not in said.err
    assert CANARY not in said.out + said.err
    found = sources(operator, environment)
    for purpose in ("tacacs", "radius", "ntp"):
        with pytest.raises(SiteautoError) as caught:
            found.resolve(SecretRef(name=f"us-nyc-mad01/{purpose}"))
        error = caught.value
        assert CANARY not in "".join(traceback.format_exception(error)) + repr(error.__dict__) + repr(error.args)
    for file in (operator / "state").rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes()


def test_the_permissions_of_programs_are_those_of_the_system(operator, environment):
    file = program(operator / "programs", "echo x")
    file.chmod(file.stat().st_mode & ~stat.S_IXUSR & ~stat.S_IXGRP & ~stat.S_IXOTH)
    with pytest.raises(UsageError, match="There is no program"):
        Programs(environment=environment, repository=operator / "repository").find(str(file))
