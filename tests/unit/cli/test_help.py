"""What the command line says of itself, and what it says to those who mistype.

`pytest tests/unit/cli --update` writes the help texts anew; review them like code.
"""

import os
from pathlib import Path
from unittest import mock

import click
import pytest

from siteauto.cli.main import VERBS, cli, run

FOLDER = Path(__file__).parent / "help"
STEPS_ASIDE = ("help", "version")  # what click itself adds


def contexts(command=cli, parent=None, name="siteauto"):
    """Every command with the context that it has when it is typed."""
    context = click.Context(command, parent=parent, info_name=name, **command.context_settings)
    yield context
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from contexts(command.get_command(context, inner), context, inner)


CONTEXTS = list(contexts())
FLAGS = [
    pytest.param(context, option, id=f"{context.command_path} {option.opts[0]}")
    for context in CONTEXTS
    for option in context.command.params
    if isinstance(option, click.Option) and option.name not in STEPS_ASIDE
]


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.command_path)
def test_help(context, request, capsys, monkeypatch):
    words = context.command_path.split()[1:]
    monkeypatch.setenv("COLUMNS", "80")
    assert run([*words, "--help"]) == 0
    said = capsys.readouterr().out
    file = FOLDER / f"{'-'.join(['siteauto', *words])}.txt"
    if request.config.getoption("--update", default=False):
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8"), f"{file} differs; if that is meant: pytest {__file__} --update"


def test_no_help_text_is_left_over():
    names = {"-".join(context.command_path.split()) for context in CONTEXTS}
    assert {file.stem for file in FOLDER.glob("*.txt")} == names


def test_every_verb_has_a_module_and_says_the_same_as_the_list():
    for context in CONTEXTS:
        if len(context.command_path.split()) == 2:
            assert context.command.help, f"{context.command_path} does not say what it does"
            assert VERBS[context.info_name][1].endswith(".")


@pytest.mark.parametrize(("context", "option"), FLAGS)
def test_every_flag_has_a_variable_and_names_it(context, option):
    assert option.help, "it has no help"
    shown = option.get_help_record(context)[1]
    variable = shown.partition("env var: ")[2].split(";")[0].rstrip("]")
    assert variable.startswith("SITEAUTO_")
    with mock.patch.dict(os.environ, {variable: "1"}):
        assert option.resolve_envvar_value(context) == "1"


def test_a_variable_stands_for_its_flag(capsys, monkeypatch):
    monkeypatch.setenv("SITEAUTO_FORMAT", "json")
    assert run(["platforms"]) == 0
    assert capsys.readouterr().out.startswith("{")
    monkeypatch.setenv("SITEAUTO_FORMAT", "pdf")
    assert run(["platforms"]) == 2
    assert "'pdf' is not one of 'text', 'json', 'markdown'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["provison"], "There is no verb provison. Did you mean provision?"),
        (["xyzzy"], "There is no verb xyzzy. The verbs are init, "),
        (["verify"], "Missing argument 'SITE'."),
        (["verify", "us-nyc-mad01", "--bogus"], "No such option '--bogus'"),
        (["verify", "us-nyc-mad01", "--format", "pdf"], "'pdf' is not one of 'text', 'json'"),
        (["provision", "us-nyc-mad01", "--window", "soon"], "'soon' is not a valid integer"),
        (["lab", "fly"], "No such command 'fly'"),
        (["lab", "clock", "us-nyc-mad01", "soon"], "'soon' is not a step of time such as +120s, +5m or +1h"),
        (["lab", "power", "us-nyc-mad01", "sw1", "half"], "'half' is not one of 'on', 'off', 'cycle'"),
        (["render", "us-nyc-mad99"], "There is no site us-nyc-mad99"),
        (["explain", "E9999"], "There is no error code E9999"),
        (["validate", "--root", "/nowhere"], "Directory '/nowhere' does not exist"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "says",
)
def test_who_mistypes_is_told_what_to_type(words, said, capsys):
    assert run(words) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""
    assert "Traceback" not in err


def test_a_folder_that_is_no_repository_is_told_what_to_do(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["validate"]) == 2
    err = capsys.readouterr().err
    assert f"{tmp_path} is not in a siteauto repository" in err
    assert "siteauto init DIR" in err


def test_a_defect_shows_neither_a_traceback_nor_its_own_words(capsys, monkeypatch):
    """They might hold what a screen must not show; SITEAUTO_DEBUG=1 asks for them."""

    def broken(*_, **__):
        raise RuntimeError("CANARY")

    monkeypatch.setattr(cli, "main", broken)
    assert run(["platforms"]) == 1
    err = capsys.readouterr().err
    assert "internal error (RuntimeError)" in err
    assert "CANARY" not in err
    assert "SITEAUTO_DEBUG=1" in err
    monkeypatch.setenv("SITEAUTO_DEBUG", "1")
    with pytest.raises(RuntimeError, match="CANARY"):
        run(["platforms"])


def test_a_reader_who_has_seen_enough_is_no_error(monkeypatch, tmp_path):
    def closed(*_, **__):
        raise BrokenPipeError

    monkeypatch.setattr(cli, "main", closed)
    with (tmp_path / "stderr").open("w") as stream, mock.patch("sys.stderr", stream):
        assert run(["render", "us-nyc-mad01"]) == 0
