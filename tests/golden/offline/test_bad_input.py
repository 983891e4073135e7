"""What stands in the way of a comparison without devices, and trees under review that mean harm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from siteauto.cli.main import run

from .conftest import Bench

EXPECTED = Path(__file__).parent / "expected"
Command = Callable[..., tuple[int, str]]
Expect = Callable[[Path, str], None]


def unknown_revision(bench: Bench) -> list[str]:
    return ["plan", "--base", "nonsense"]


def revision_like_an_option(bench: Bench) -> list[str]:
    return ["plan", "--base=--output=/dev/null"]


def not_a_repository(bench: Bench) -> list[str]:
    (bench.root / ".git").rename(bench.root / "git")
    return ["plan", "--base", "main"]


def no_backups(bench: Bench) -> list[str]:
    (bench.backups / "config" / ".git").rename(bench.backups / "git")
    return ["plan", "--base", "main"]


def empty_backups(bench: Bench) -> list[str]:
    bench.git("update-ref", "-d", "refs/heads/main", folder=bench.backups / "config")
    return ["drift", "--offline"]


def unknown_site(bench: Bench) -> list[str]:
    return ["plan", "us-nyc-nowhere", "--base", "main"]


def unknown_site_of_drift(bench: Bench) -> list[str]:
    return ["drift", "us-nyc-nowhere", "--offline"]


def broken_inventory(bench: Bench) -> list[str]:
    bench.edit("inventory/sites/us-nyc-mad01.yaml", ("supernet: 10.44.16.0/22", "supernet: nonsense"))
    bench.commit("two")
    return ["plan", "--base", "main~1"]


def template_that_looks_for_classes(bench: Bench) -> list[str]:
    bench.edit("templates/cisco_ios/core.j2", ("version 17.9", "{{ ''.__class__.__mro__[1].__subclasses__() }}"))
    bench.commit("two")
    return ["plan", "--base", "main~1"]


def template_that_reads_files(bench: Bench) -> list[str]:
    bench.edit("templates/cisco_ios/core.j2", ("version 17.9", "{% include '../../../../../../etc/passwd' %}"))
    bench.commit("two")
    return ["plan", "--base", "main~1"]


def template_that_never_ends(bench: Bench) -> list[str]:
    bench.edit("templates/cisco_ios/core.j2", ("version 17.9", "{% for i in range(10**9) %}x{% endfor %}"))
    bench.commit("two")
    return ["plan", "--base", "main~1"]


def inventory_that_makes_objects(bench: Bench) -> list[str]:
    tag = f"!!python/object/apply:os.system ['touch {bench.root.parent}/harm']"
    bench.edit("inventory/sites/us-nyc-mad01.yaml", ("timezone: America/New_York", f"timezone: {tag}"))
    bench.commit("two")
    return ["plan", "--base", "main~1"]


def link_out_of_the_tree(bench: Bench) -> list[str]:
    file = bench.root / "inventory/sites/us-bos-new01.yaml"
    file.unlink()
    file.symlink_to("/etc/passwd")
    bench.commit("two")
    return ["plan", "--base", "main~1"]


def ignores_of_the_wrong_shape(bench: Bench) -> list[str]:
    (bench.root / "drift-ignore.yaml").write_text(
        'version: "1"\nignore:\n  - {device: sw1, reason: x, owner: y, expires: soon}\n  - {device: sw1, reson: x}\n'
    )
    return ["drift", "--offline"]


def ignores_without_a_scope(bench: Bench) -> list[str]:
    (bench.root / "drift-ignore.yaml").write_text(
        'version: "1"\nignore:\n'
        "  - {reason: x, owner: y, expires: 2027-01-01}\n"
        "  - {site: a, reason: x, owner: y, from: 2027-02-01, expires: 2027-01-01}\n"
    )
    return ["drift", "--offline"]


CASES = (
    unknown_revision,
    revision_like_an_option,
    not_a_repository,
    no_backups,
    empty_backups,
    unknown_site,
    unknown_site_of_drift,
    broken_inventory,
    template_that_looks_for_classes,
    template_that_reads_files,
    template_that_never_ends,
    inventory_that_makes_objects,
    link_out_of_the_tree,
    ignores_of_the_wrong_shape,
    ignores_without_a_scope,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_refused_with_a_clear_message(bench: Bench, siteauto: Command, expect_text: Expect, case):
    code, text = siteauto(*case(bench))
    assert code == 2
    assert "root:" not in text
    assert not (bench.root.parent / "harm").exists()
    expect_text(EXPECTED / f"{case.__name__}.txt", text)


def test_nothing_of_a_tree_under_review_is_run(bench: Bench, siteauto: Command, tmp_path: Path):
    """Attributes, hooks, filters, Python files and playbooks of the tree have no say."""
    harm = f"touch {tmp_path}/harm"
    (bench.root / ".gitattributes").write_text("*.yaml filter=harm diff=harm export-subst\n")
    bench.git("config", "filter.harm.smudge", harm)
    bench.git("config", "diff.harm.textconv", harm)
    (bench.root / ".git/hooks").mkdir(exist_ok=True)
    for hook in ("post-checkout", "pre-commit", "reference-transaction"):
        (bench.root / ".git/hooks" / hook).write_text(f"#!/bin/sh\n{harm}\n")
        (bench.root / ".git/hooks" / hook).chmod(0o755)
    for name in ("conftest.py", "sitecustomize.py", "inventory/sites.py", "templates/cisco_ios/__init__.py"):
        (bench.root / name).write_text(f"import os\nos.system({harm!r})\n")
    bench.git("-c", "core.hooksPath=/dev/null", "add", "--all")
    bench.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--message", "two")
    (tmp_path / "harm").unlink(missing_ok=True)
    code, _ = siteauto("plan", "--base", "main~1")
    assert code == 0
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize(
    "arguments", [["drift"], ["plan"], ["plan", "a", "b"], ["plan", "--base", "main", "--device", "a"]]
)
def test_flags_that_do_not_go_together(bench: Bench, capsys: pytest.CaptureFixture[str], arguments: list[str]):
    assert run([*arguments, "--root", str(bench.root)]) == 2
    assert capsys.readouterr().err.startswith("siteauto: ")
