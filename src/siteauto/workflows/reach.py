"""Meet a device whose address is being changed: wherever it answers, and only if it shows the key that it had."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from siteauto.core.errors import AuthenticationError, HostKeyError, UnreachableError
from siteauto.core.ports import Session, Target, Transport


@contextmanager
def reach(transport: Transport, target: Target) -> Iterator[tuple[Session, Target]]:
    """A fresh session, and the target as it was reached: at its address, else at its other one if it has one.

    A box with another key is not the device: it has taken the address meanwhile. Raises as `Transport.connect`.
    """
    with ExitStack() as stack:
        try:
            session = stack.enter_context(transport.connect(target))
        except UnreachableError as error:
            if not target.elsewhere or isinstance(error, AuthenticationError):
                raise
            target = target.turned
            session = stack.enter_context(_other_address(transport, target, error))
        yield session, target


@contextmanager
def _other_address(transport: Transport, target: Target, first: UnreachableError) -> Iterator[Session]:
    with ExitStack() as stack:
        try:
            session = stack.enter_context(transport.connect(target))
        except AuthenticationError:
            raise
        except UnreachableError as error:
            kind = HostKeyError if HostKeyError in (type(first), type(error)) else UnreachableError
            raise kind(
                f"{target.device.name}: no session at either of its addresses, {target.elsewhere} and {target.host}",
                expected="the device at one of them, with the key that is pinned",
                found=f"{first.found}; {error.found}",
                next_step=error.next_step,
            ) from error
        yield session
