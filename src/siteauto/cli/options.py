"""Flags that several verbs share. Each has a SITEAUTO_ variable."""

import functools
import inspect
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from siteauto.app.settings import Settings, read_settings

NO_CACHE = "siteauto.no_cache"
Command = TypeVar("Command", bound=Callable[..., Any])


def flag(name: str, *more: str, **facts: Any) -> Callable[[Command], Command]:  # noqa: ANN401
    """An option whose variable is named like itself: SITEAUTO_PR_LIMIT for --pr-limit. Its default is shown."""
    variable = f"SITEAUTO_{name.removeprefix('--').replace('-', '_').upper()}"
    facts.setdefault("show_default", bool(facts.get("default")))
    return click.option(name, *more, envvar=variable, **facts)


def site_argument(function: Command) -> Command:
    """The site's name."""
    return click.argument("site")(function)


def root_option(function: Command) -> Command:
    """Which repository: passed on as `settings`."""

    def read(context: click.Context, _parameter: click.Parameter, value: Path | None) -> Settings:
        use_cache = not context.meta.get(NO_CACHE, False)
        return read_settings(os.environ, start=Path.cwd(), root=value, use_cache=use_cache)

    folder = click.Path(path_type=Path, file_okay=False, exists=True)
    text = "The repository with inventory/ and templates/. Default: the nearest one upwards from here."
    return _no_cache_option(flag("--root", "settings", type=folder, callback=read, help=text)(function))


def _no_cache_option(function: Command) -> Command:
    """Work everything out anew. Read before the repository, whose settings it is a part of."""

    def remember(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's
        context.meta[NO_CACHE] = value

    text = "Work everything out anew, and keep nothing of it for the next run."
    return flag("--no-cache", is_flag=True, is_eager=True, expose_value=False, callback=remember, help=text)(function)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """How the result is written to standard output."""
    text = "How the result is written to standard output."
    return flag("--format", "form", type=click.Choice(formats), default=formats[0], help=text)


def print_json(data: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(data, indent=2, sort_keys=True))


def document_format_option(function: Command) -> Command:
    """The formats that every report has."""
    return format_option("text", "json", "jsonl", "markdown", "junit")(function)


def device_option(function: Command) -> Command:
    """Which devices; all of them where none is named."""
    text = "Only this device, by its full or short name; may be given several times."
    return flag("--device", multiple=True, help=text)(function)


def trust_option(function: Command) -> Command:
    """First contact with live devices."""
    text = "Pin the host key of a device that was never met before. A changed key is always refused."
    return flag("--trust-new-host-keys", "trust", is_flag=True, help=text)(function)


def from_address_option(function: Command) -> Command:
    """Where devices are that the inventory has moved already."""
    text = (
        "A device whose address the inventory has changed is still here; only where this machine has never met it "
        "there. May be given several times."
    )
    return flag("--from-address", "from_addresses", multiple=True, metavar="DEVICE=ADDRESS", help=text)(function)


def progress_option(function: Command) -> Command:
    """How the change is told while it is on its way."""
    text = (
        "On standard error: a line per device that follows its state (board), a line per event (lines), or JSON "
        "(jsonl). auto: board on a terminal, else lines."
    )
    return flag("--progress", type=click.Choice(["auto", "board", "lines", "jsonl"]), default="auto", help=text)(
        function
    )


def site_default_option(function: Command) -> Command:
    """The site of a demonstration."""
    return click.argument("site", default="us-nyc-mad01")(function)


def sites_argument(function: Command) -> Command:
    """Any number of sites."""
    return click.argument("sites", nargs=-1, metavar="[SITE]...")(function)


def gathered(
    name: str, make: Callable[..., object], *options: Callable[[Command], Command]
) -> Callable[[Command], Command]:
    """Options that reach the command as one value, under this name. `make` takes them by their own names."""
    taken = inspect.signature(make).parameters

    def decorate(function: Command) -> Command:
        @functools.wraps(function)
        def command(*arguments: Any, **given: Any) -> Any:  # noqa: ANN401 - as click calls it
            value = make(**{key: given.pop(key) for key in taken})
            return function(*arguments, **{name: value}, **given)

        decorated = cast("Command", command)
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def backups_option(function: Command) -> Command:
    """The backup repository, for verbs that compare without devices."""
    folder = click.Path(path_type=Path, file_okay=False)
    text = "The folder of backups, or a clone of its repository. Default: beside your repository."
    return flag("--backups", type=folder, help=text)(function)
