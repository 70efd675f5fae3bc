import pytest

from crm.domain.access import POLICY, Right, Role, allowed, require, require_in_any
from crm.domain.errors import Invalid, NotAllowed, Reason
from crm.domain.passwords import check_password


def test_every_right_has_a_line_in_the_policy():
    assert set(POLICY) == set(Right)


READING = {Right.READ, Right.SEE_RELATIONSHIP}


@pytest.mark.parametrize("right", [right for right in Right if right not in READING])
def test_a_viewer_only_reads(right):
    assert not allowed({Role.VIEWER}, right)
    assert all(allowed({Role.VIEWER}, each) for each in READING)


def test_nobody_without_a_role_may_do_anything():
    assert not any(allowed(set(), right) for right in Right)


def test_only_the_administrator_operates():
    assert [role for role in Role if allowed({role}, Right.OPERATE)] == [Role.ADMIN]


class OfRauma:
    def may(self, right, town_code=None):
        return town_code in (None, "684")


def test_a_right_is_asked_for_in_the_town_it_is_used_in():
    require(OfRauma(), Right.EDIT_COMPANY, "684")
    require_in_any(OfRauma(), Right.EDIT_COMPANY, ["287", "684"])
    with pytest.raises(NotAllowed):
        require(OfRauma(), Right.EDIT_COMPANY, "287")
    with pytest.raises(NotAllowed):
        require_in_any(OfRauma(), Right.EDIT_COMPANY, ["287"])


@pytest.mark.parametrize(
    "password",
    [
        "kolme kuusta piha",
        "a b c d e f g h",
        "🌲🌳🌴🌵🌾🌿☘️🍀🍁🍂🍃🪴🌱🌰🪵",
        "x" * 5 + "abcdefghij" * 12,
    ],
)
def test_long_passwords_of_any_letters_are_taken_whole(password):
    check_password(password)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("14 merkkiä vain"[:14], Reason.PASSWORD_TOO_SHORT),
        ("a" * 129, Reason.PASSWORD_TOO_LONG),
        ("salasanasalasana", Reason.PASSWORD_GUESSABLE),
        ("123456123456123456", Reason.PASSWORD_GUESSABLE),
        ("ainoainoainoaino", Reason.PASSWORD_GUESSABLE),
    ],
)
def test_short_endless_and_guessable_passwords_are_refused_with_their_reason(password, reason):
    with pytest.raises(Invalid) as refusal:
        check_password(password, own_words=("Aino",))
    assert refusal.value.reason is reason
