from datetime import timedelta

import pytest

from crm.actions.sessions import (
    MOST_BY_ACCOUNT,
    end_sessions,
    hash_of,
    sign_in,
    sign_in_demo,
    sign_out,
)
from crm.actions.users import change_password, create_user, set_active
from crm.db import db
from crm.domain.access import Role
from crm.domain.errors import Invalid, NotAllowed, Reason
from crm.models import SignIn
from crm.queries import sign_ins
from tests.make import NOW, RAUMA

PASSWORD = "kolme kuusta pihalla"
WHERE = {"address": "10.0.0.1", "browser": "test", "lasts": timedelta(days=14), "now": NOW}


@pytest.fixture
def liisa(towns):
    return create_user(
        None,
        email="Liisa@Seutu.example",
        name="Liisa Ranta",
        role=Role.ADVISOR,
        town_code=RAUMA,
        password=PASSWORD,
        now=NOW,
    )


def test_the_database_never_holds_the_secret_of_the_cookie(liisa):
    user = sign_in("liisa@seutu.example", PASSWORD, **WHERE)
    row = db.session.query(SignIn).one()
    assert row.token_hash == hash_of(user.session_token)
    assert user.session_token not in row.token_hash
    assert sign_ins.by_token(hash_of(user.session_token), now=NOW).user is liisa


def test_unknown_people_and_wrong_passwords_get_the_same_answer(liisa):
    reasons = set()
    for email, password in [("liisa@seutu.example", "x"), ("nobody@seutu.example", PASSWORD)]:
        with pytest.raises(Invalid) as refusal:
            sign_in(email, password, **WHERE)
        reasons.add((refusal.value.field, refusal.value.reason))
    assert reasons == {("password", Reason.WRONG_SIGN_IN)}


def test_guessing_is_stopped_even_with_the_right_password(liisa):
    for _ in range(MOST_BY_ACCOUNT):
        with pytest.raises(Invalid):
            sign_in("liisa@seutu.example", "wrong", **WHERE)
    with pytest.raises(Invalid) as refusal:
        sign_in("liisa@seutu.example", PASSWORD, **WHERE)
    assert refusal.value.reason is Reason.TOO_MANY_SIGN_INS
    later = WHERE | {"now": NOW + timedelta(minutes=16)}
    assert sign_in("liisa@seutu.example", PASSWORD, **later) is liisa


def test_a_saved_cookie_dies_with_sign_out_password_change_and_closing(liisa, eeva):
    for end in (
        lambda token: sign_out(token, now=NOW),
        lambda _token: end_sessions(liisa, now=NOW),
        lambda _token: change_password(
            liisa, current=PASSWORD, new="neljä koivua rannalla", keep_token="", now=NOW
        ),
        lambda _token: set_active(eeva, liisa, active=False, now=NOW),
    ):
        token = sign_in_any(liisa)
        end(token)
        db.session.flush()
        assert sign_ins.by_token(hash_of(token), now=NOW) is None


def sign_in_any(user) -> str:
    from crm.actions.sessions import open_session

    token = open_session(user, browser="", lasts=timedelta(days=1), now=NOW).session_token
    assert sign_ins.by_token(hash_of(token), now=NOW) is not None
    return token


def test_a_sign_in_runs_out(liisa):
    user = sign_in("liisa@seutu.example", PASSWORD, **WHERE)
    after = NOW + timedelta(days=15)
    assert sign_ins.by_token(hash_of(user.session_token), now=after) is None


def test_one_click_sign_in_works_in_a_demo_for_demo_people_only(liisa, aino):
    given = {"browser": "", "lasts": timedelta(days=1), "now": NOW}
    aino.is_demo = True
    for user, demo in [(liisa, True), (aino, False)]:
        with pytest.raises(NotAllowed):
            sign_in_demo(user, demo=demo, **given)
    assert sign_in_demo(aino, demo=True, **given) is aino


@pytest.mark.parametrize("password", ["a" * 14, "a" * 129, "salasanasalasana", "1234567890123456"])
def test_short_endless_and_guessable_passwords_are_refused(towns, password):
    with pytest.raises(Invalid):
        create_user(
            None,
            email="x@seutu.example",
            name="X",
            role=Role.ADVISOR,
            town_code=RAUMA,
            password=password,
            now=NOW,
        )


def test_a_town_administrator_makes_people_of_the_own_town_only(daavid):
    given = {"name": "Uusi", "password": PASSWORD, "now": NOW}
    with pytest.raises(NotAllowed):
        create_user(daavid, email="a@seutu.example", role=Role.ADVISOR, town_code="287", **given)
    with pytest.raises(NotAllowed):
        create_user(daavid, email="b@seutu.example", role=Role.ADMIN, town_code=None, **given)
    made = create_user(daavid, email="c@seutu.example", role=Role.ADVISOR, town_code=RAUMA, **given)
    assert made.town_codes == [RAUMA]
