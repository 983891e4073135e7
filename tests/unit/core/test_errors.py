"""An error is the same on the other side of a pipe, whatever it was made from."""

import pickle

import pytest

from siteauto.core import errors
from siteauto.core.errors import Finding, InputError, Place, SeveralErrors, SiteautoError, StoreError

PLACE = Place(file="inventory/defaults.yaml", line=3)
STORE = StoreError("It could not be written", expected="free space", found="none", next_step="Free some")
MADE = {
    InputError: InputError(
        (Finding(code="E1", message="wrong", place=PLACE), Finding(code="E2", message="", place=PLACE))
    ),
    SeveralErrors: SeveralErrors((STORE, errors.DeviceError("It is red"))),
}
KINDS = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, SiteautoError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_it_says_the_same(kind):
    error = MADE[kind] if kind in MADE else kind("It is so", expected="that", found="this", next_step="Mend it")
    other = pickle.loads(pickle.dumps(error))
    assert (type(other), str(other), other.exit_code) == (kind, str(error), error.exit_code)
    assert (other.subject, getattr(other, "findings", ())) == (error.subject, getattr(error, "findings", ()))
