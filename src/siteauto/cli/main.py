"""`siteauto`: finds the verb, runs it, and turns whatever went wrong into one message and an exit code."""

import difflib
import gc
import importlib
import os
import sys
from collections.abc import Sequence

import click

from siteauto import __version__
from siteauto.cli.interrupts import listen
from siteauto.core.errors import InputError, SiteautoError

# verb -> (module, one line of help). The module is imported when the verb is used, so that --help is quick.
VERBS: dict[str, tuple[str, str]] = {
    "init": ("init", "Make a repository of your own with the example company in it."),
    "new": ("new", "Write the files of a new site, with gaps for what a person must fill in."),
    "import": ("import_devices", "Take devices over from Oxidized or RANCID, to be backed up and nothing else."),
    "validate": ("validate", "Check the inventory and name every problem, with file and line."),
    "addresses": ("addresses", "Print the address plan of a site or of the company, and pin it."),
    "render": ("render", "Print the intended configuration of a site's devices."),
    "plan": ("plan", "Show what provisioning would change, and change nothing."),
    "provision": ("provision", "Bring a whole site to its intended state, all devices or none."),
    "resume": ("resume", "Finish what a run that died has left, as it was decided."),
    "abort": ("abort", "Undo what a run that died has left undecided."),
    "recover": ("recover", "Read from the devices what a change has left, when its journal is lost."),
    "runs": ("runs", "List the changes made from this machine: who, what, and how each ended."),
    "verify": ("verify", "Check the live site against the intent."),
    "backup": ("backup", "Store running configurations in git, sealed and redacted; nightly with --all."),
    "history": ("history", "List the stored copies of a device: when each came, and who had changed it."),
    "diff": ("diff", "Show what differs between two stored copies of a device."),
    "audit": ("audit", "Look through the repository of Oxidized or RANCID for bad and leaking copies."),
    "restore": ("restore", "Put stored copies back on a device or a whole site, all devices or none."),
    "drill": ("drill", "Prove that stored copies can be restored, on simulated devices."),
    "drift": ("drift", "Show where running configurations differ from the intended ones."),
    "report": ("report", "Tell a pull request what its change would do to the network."),
    "lab": ("lab", "Run a site on simulated devices of this machine."),
    "demo": ("demo", "Provision the example boutique on simulated devices, and show what siteauto does."),
    "config": ("config", "Compare and change configuration texts, without any device."),
    "platforms": ("platforms", "List the operating systems that siteauto drives, and what each can do."),
    "cabling": ("cabling", "Print the patch list of a site."),
    "show": ("show", "Print the vendor-neutral intent of a device, or a stored copy of it."),
    "schema": ("schema", "Write the JSON Schemas that editors check inventory files with."),
    "explain": ("explain", "Tell what an error code means, or where a value of a site comes from."),
}


class LazyVerbs(click.Group):
    """Knows all verbs by name and loads one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of a site's life, not of the alphabet."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load the module of one verb."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"siteauto.cli.{VERBS[cmd_name][0]}")
        command: click.Command = module.command
        _show_variables(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but with a suggestion for a verb that is misspelt."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], VERBS, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"The verbs are {', '.join(VERBS)}."
            raise click.UsageError(f"There is no verb {args[0]}. {hint}", ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, text) for name, (_, text) in VERBS.items()])


def _show_variables(command: click.Command) -> None:
    """Every flag has a SITEAUTO_ variable; --help names it."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            parameter.show_envvar = True
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _show_variables(inner)


@click.group(cls=LazyVerbs, context_settings={"auto_envvar_prefix": "SITEAUTO", "help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="siteauto %(version)s")
def cli() -> None:
    """Infrastructure as code for the networks of a company's sites.

    Start with `siteauto demo`. Exit codes: 0 done or nothing to do, 1 internal error, 2 usage or bad input,
    3 checks failed, 4 unreachable or untested devices, 5 changes or drift present, 6 site left mixed, 130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the command. Ends the process with one of the documented exit codes."""
    listen()
    _collect_less_often()
    sys.exit(run(arguments))


def _collect_less_often() -> None:
    """Spare large configurations the search for cycles: they have none, and it takes up to a quarter of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code. No traceback, whatever happens."""
    try:
        result = cli.main(
            args=list(arguments) if arguments is not None else None, prog_name="siteauto", standalone_mode=False
        )
    except BrokenPipeError:  # the reader has seen enough: `siteauto render … | head`
        sys.stderr.close()
        return 0
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001 - the one place that turns anything into an exit code
        return _explain(error)
    return result if isinstance(result, int) else 0


def _explain(error: BaseException) -> int:
    """Say what went wrong on standard error, and give its exit code."""
    if isinstance(error, (KeyboardInterrupt, click.exceptions.Abort)):
        text, code = "Interrupted.", 130
    elif isinstance(error, click.ClickException):
        error.show()
        return 2
    elif isinstance(error, InputError):
        text, code = _findings(error), error.exit_code
    elif isinstance(error, SiteautoError):
        text, code = f"siteauto: {error}", error.exit_code
    else:
        text, code = _internal(error), 1
    click.echo(text, err=True)
    return code


def _findings(error: InputError) -> str:
    from siteauto.reporters.findings import findings_text

    return findings_text(error.findings)


def _internal(error: BaseException) -> str:
    """A defect of siteauto. Its own words are left out: they might hold what a screen must not show."""
    if os.environ.get("SITEAUTO_DEBUG"):
        raise error
    return (
        f"siteauto: internal error ({type(error).__name__}). This is a defect of siteauto, not of your input. "
        "Run the same command with SITEAUTO_DEBUG=1 to see where, and report that."
    )
