"""The README's table of what was proved, from the marks on the tests; and that nothing is declared without a proof.

`pytest tests/docs/test_proofs.py --update` writes the table anew.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from siteauto.platforms import load_platforms

REPOSITORY = Path(__file__).parents[2]
README = REPOSITORY / "README.md"
TABLE = re.compile(r"(<!-- table: proofs -->\n)(.*?)(<!-- end -->)", re.DOTALL)
FEATURES = ("provision", "timed undo", "refused line", "verify", "backup", "drift", "restore")
PUSHED = {str(name): spec for name, spec in load_platforms().items() if spec.push}


def marks_of(file):
    """(feature, platform) of every mark on a test of this file."""
    for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for mark in getattr(function, "decorator_list", ()):
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.proves":
                feature, *platforms = (ast.literal_eval(argument) for argument in mark.args)
                yield from ((feature, platform) for platform in platforms)


def find_proofs():
    proofs = defaultdict(list)
    for file in sorted((REPOSITORY / "tests" / "integration").rglob("test_*.py")):
        for key in dict.fromkeys(marks_of(file)):
            proofs[key].append(file.relative_to(REPOSITORY))
    return proofs


PROOFS = find_proofs()


def test_the_table_is_what_the_tests_are_marked_with(request):
    rows = ["| platform | " + " | ".join(FEATURES) + " |", "| --- " * (len(FEATURES) + 1) + "|"]
    for platform in sorted(PUSHED):
        cells = (" ".join(f"[✓]({file})" for file in PROOFS[feature, platform]) or "–" for feature in FEATURES)
        rows.append(f"| {platform} | {' | '.join(cells)} |")
    table = "\n".join((*rows, ""))
    text = README.read_text(encoding="utf-8")
    if request.config.getoption("--update", default=False):
        README.write_text(TABLE.sub(rf"\g<1>{table}\g<3>", text), encoding="utf-8")
    ((_, written, _),) = TABLE.findall(README.read_text(encoding="utf-8"))
    assert written == table, f"{README} is behind: pytest {__file__} --update"


def test_marks_name_features_and_platforms_that_there_are():
    assert {feature for feature, _ in PROOFS} <= set(FEATURES)
    assert {platform for _, platform in PROOFS} <= set(PUSHED)


@pytest.mark.parametrize("platform", sorted(PUSHED))
def test_what_a_platform_declares_is_proved(platform):
    spec = PUSHED[platform]
    wanted = {"provision", "refused line", "backup", "drift", "restore"}
    wanted |= {"timed undo"} if any(method.timer.kind != "none" for method in spec.push) else set()
    wanted |= {"verify"} if spec.checks else set()
    assert not {feature for feature in wanted if not PROOFS[feature, platform]}, "declare it when a test proves it"
