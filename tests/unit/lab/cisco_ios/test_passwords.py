"""Stored forms of passwords. The hashes are the published examples of hashcat (modes 9200 and 9300)."""

import pytest

from siteauto.lab.devices.cisco_ios.passwords import hash_type9, hide_type7, is_hash, reveal_type7, verify

TYPE9 = "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"
TYPE8 = "$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk"


@pytest.mark.parametrize(("kind", "stored"), [("9", TYPE9), ("8", TYPE8), ("0", "hashcat")])
def test_known_hashes(kind, stored):
    assert verify("hashcat", kind, stored)
    assert not verify("hashcar", kind, stored)


def test_type_7_of_the_books():
    assert reveal_type7("094F471A1A0A") == "cisco"
    assert reveal_type7(hide_type7("with spaces? no", 7)) == "with spaces? no"
    assert reveal_type7("zz") is None


def test_a_fresh_hash_has_the_shape_of_the_box():
    assert is_hash(hash_type9("x"), "9")
    assert hash_type9("x") != hash_type9("x"), "a new salt each time"
    assert not is_hash("$9$short", "9")
