"""The house rules that a linter does not know."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from siteauto.core.guard import is_read_only
from siteauto.platforms import load_platforms

SRC = Path(__file__).parents[3] / "src"
MODULES = sorted(SRC.rglob("*.py"))
PLATFORM_FILES = SRC / "siteauto" / "platforms"


def name_of(file: Path) -> str:
    parts = file.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("file", [file for file in MODULES if "core" in file.parts], ids=name_of)
def test_core_imports_the_standard_library_and_itself_only(file):
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("siteauto.core"), name


@pytest.mark.parametrize("file", [file for file in MODULES if PLATFORM_FILES not in file.parents], ids=name_of)
def test_a_module_answers_one_question(file):
    """Platform files are data, so free of the limit."""
    assert len(file.read_text().splitlines()) <= 300


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_functions_stay_short_enough_to_read_aloud(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            assert node.body[-1].end_lineno - first.lineno + 1 <= 40, f"{node.name} at line {node.lineno}"


NAMES = {name_of(file): file for file in MODULES}


ANY_MAY_BE_FIRST = ("adapters", "app")


def test_every_module_can_be_imported_first():
    """Circles of imports show only from one side, so each module is tried in a process where nothing of ours is loaded."""
    names = [name for name, file in NAMES.items() if set(file.parts) & set(ANY_MAY_BE_FIRST)]
    code = (
        "import importlib, os, sys, traceback\n"
        "import click, jinja2, napalm, netmiko, nornir.core, ntc_templates, pydantic, textfsm, yaml\n"  # the slow ones
        f"for name in {names!r}:\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        try:\n"
        "            importlib.import_module(name)\n"
        "        except BaseException:\n"
        "            traceback.print_exc()\n"
        "            os._exit(1)\n"
        "        os._exit(0)\n"
        "    if os.waitpid(child, 0)[1]:\n"
        "        sys.exit(f'{name} cannot be imported first')\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


OTHER_MEANINGS = {("siteauto.lab.server_recipe", "nftables")}  # a Debian package


def test_nobody_asks_which_platform_it_is():
    """Platform knowledge lives in platform files; adding one must edit nothing else."""
    names = {file.stem for file in PLATFORM_FILES.glob("*.py")} - {"__init__"}
    for file in MODULES:
        if PLATFORM_FILES in file.parents or "devices" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            value = node.value if isinstance(node, ast.Constant) else None
            if value in names and (name_of(file), value) not in OTHER_MEANINGS:
                pytest.fail(f"{name_of(file)}:{node.lineno} names the platform {value}")


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from siteauto.cli.main import run; run(['--help'])\n"
        "heavy = {'napalm', 'netmiko', 'nornir', 'pydantic', 'jinja2', 'asyncssh', 'ansible_runner', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr.strip() == "[]"


def test_a_verb_that_works_on_a_lab_does_not_load_what_serves_devices():
    code = "import sys, siteauto.app.labs, siteauto.app.where; print({'asyncssh', 'asyncio'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


@pytest.mark.parametrize("platform", [one for one in load_platforms().values() if one.push], ids=lambda one: one.name)
def test_what_is_asked_before_a_change_changes_nothing(platform):
    for method in platform.push:
        for step in (*method.suits, *method.preflight):
            asked = re.sub(r"\{\w+\}", "x", step.send)
            assert is_read_only(platform, asked), f"{step.send}: give it to `prepare`, or list it as read-only"
        for step in method.steps:
            assert {*step.secret, *filter(None, [step.room])} <= set(re.compile(step.capture).groupindex), step.send
    named = [(role, method.name) for method in platform.push for role in method.roles]
    assert len(named) == len(set(named)), "two methods of one role need different names"
