"""`siteauto lab`: a site on simulated devices of this machine, and the trouble that one can make in it."""

import re

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import root_option, site_argument


@click.group("lab")
def command() -> None:
    """Run a site on simulated devices of this machine.

    While a lab of a site is up, every verb talks to it instead of the site's real devices, and says so.
    """


@command.command("up")
@site_argument
@root_option
def up(site: str, settings: Settings) -> None:
    """Start the simulated devices of a site, factory-new, in the background."""
    from siteauto.app.labs import start_lab

    started = start_lab(settings, site)
    click.echo(f"target: {started.described_as}")
    for name, address in started.addresses:
        click.echo(f"  {name:<24} {address}")
    for line in started.remarks:
        click.echo(line)
    click.echo(f"next: siteauto provision {site}")


@command.command("down")
@site_argument
@root_option
def down(site: str, settings: Settings) -> None:
    """Stop the simulated devices of a site and forget their state."""
    from siteauto.app.labs import stop_lab

    click.echo(stop_lab(settings, site))


@command.command("status")
@site_argument
@root_option
def status(site: str, settings: Settings) -> None:
    """Show the lab's clock, devices, faults and pulled cables."""
    from siteauto.app.labs import ask_lab
    from siteauto.reporters.lab import status_text

    click.echo(status_text(ask_lab(settings, site, "status")))


@command.command("clock")
@site_argument
@click.argument("step")
@root_option
def clock(site: str, step: str, settings: Settings) -> None:
    """Move the lab's clock forward by STEP, such as +120s or +5m. Timers on the devices fire on it."""
    from siteauto.app.labs import ask_lab

    click.echo(f"now: {ask_lab(settings, site, 'clock', seconds=_seconds(step))['now']}")


@command.command("fault")
@site_argument
@click.argument("device")
@click.argument("kind")
@click.option("--pattern", default="", help="Strike only at lines that match.")
@click.option("--after", default=0, help="Spare the first N lines of a session.")
@click.option("--seconds", default=1.0, help="How slow, for the fault `slow`.")
@click.option("--times", type=int, help="How often to strike; 0: always.")
@root_option
def fault(site: str, device: str, kind: str, settings: Settings, **words: str | float | None) -> None:
    """Put trouble into a device: refuse, drop, hang, slow, wrong-password, reboot, truncate, disk-full."""
    from siteauto.app.labs import ask_lab

    given = {name: value for name, value in words.items() if value is not None}
    answer = ask_lab(settings, site, "fault", device=device, kind=kind, **given)
    click.echo(f"{answer['device']}: {answer['fault']}. Take it out with: siteauto lab clear {site} {device}")


@command.command("clear")
@site_argument
@click.argument("device", required=False)
@root_option
def clear(site: str, device: str | None, settings: Settings) -> None:
    """Take the trouble out of a device, or of all."""
    from siteauto.app.labs import ask_lab

    ask_lab(settings, site, "clear", device=device or "")
    click.echo(f"{device or 'all devices'}: no faults")


@command.command("unplug")
@site_argument
@click.argument("device")
@click.argument("port")
@root_option
def unplug(site: str, device: str, port: str, settings: Settings) -> None:
    """Pull the cable out of a port."""
    from siteauto.app.labs import ask_lab

    click.echo(f"unplugged: {ask_lab(settings, site, 'unplug', device=device, port=port)['cable']}")


@command.command("plug")
@site_argument
@click.argument("device")
@click.argument("port")
@root_option
def plug(site: str, device: str, port: str, settings: Settings) -> None:
    """Put the cable back into a port."""
    from siteauto.app.labs import ask_lab

    click.echo(f"plugged: {ask_lab(settings, site, 'plug', device=device, port=port)['cable']}")


@command.command("power")
@site_argument
@click.argument("device")
@click.argument("state", type=click.Choice(["on", "off", "cycle"]))
@root_option
def power(site: str, device: str, state: str, settings: Settings) -> None:
    """Switch a device on or off, or cycle its power."""
    from siteauto.app.labs import ask_lab

    ask_lab(settings, site, "power", device=device, state=state)
    click.echo(f"{device}: power {state}")


@command.command("type")
@site_argument
@click.argument("device")
@click.argument("lines", nargs=-1, required=True)
@root_option
def type_lines(site: str, device: str, lines: tuple[str, ...], settings: Settings) -> None:
    """Type LINES at a device's console, as somebody who does not know of siteauto."""
    from siteauto.app.labs import ask_lab

    click.echo(str(ask_lab(settings, site, "type", device=device, lines=list(lines))["output"]).rstrip())


def _seconds(step: str) -> float:
    match = re.fullmatch(r"\+?(\d+(?:\.\d+)?)(s|m|h)?", step)
    if match is None:
        raise click.BadParameter(f"{step!r} is not a step of time such as +120s, +5m or +1h", param_hint="STEP")
    return float(match[1]) * {"s": 1, "m": 60, "h": 3600, None: 1}[match[2]]
