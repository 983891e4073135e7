"""`siteauto explain`: what an error code means."""

import click


@click.command("explain")
@click.argument("code")
def command(code: str) -> None:
    """Tell what an error code such as E2104 means and how to mend it."""
    from siteauto.core.error_codes import ERROR_CODES
    from siteauto.core.errors import UsageError

    text = ERROR_CODES.get(code.upper())
    if text is None:
        raise UsageError(
            f"There is no error code {code}",
            expected=f"one of {', '.join(sorted(ERROR_CODES))}",
            next_step="Copy it from the message, as in error[E2104]",
        )
    click.echo(f"{code.upper()}: {text}")
