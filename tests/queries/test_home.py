from datetime import timedelta

from crm.db import db
from crm.domain.access import Visibility
from crm.domain.cadence import Tier
from crm.domain.companies import CompanyStatus
from crm.domain.day import Why
from crm.domain.followups import FollowUpState
from crm.models import Draft
from crm.queries import home
from tests.make import KRISTIINA, NOW, TODAY, make_company, make_follow_up


def whys(actor, **given) -> list[tuple[Why, str | None]]:
    return [(each.why, each.company) for each in home.day(actor, today=TODAY, **given).items]


def ago(days: int):
    return TODAY - timedelta(days=days)


def test_due_and_late_promises_are_there_and_those_of_tomorrow_are_not(aino, kuusi):
    for days in (-3, 0, 1):
        make_follow_up(kuusi, aino, due_in=days)
    make_follow_up(kuusi, aino, due_in=-1, state=FollowUpState.DONE)
    assert [why for why, _ in whys(aino)] == [Why.LATE, Why.DUE_TODAY]


def test_a_colleagues_promise_is_not_in_my_day(aino, daavid, kuusi):
    make_follow_up(kuusi, daavid, due_in=-3)
    assert whys(aino) == []


def test_a_promise_given_to_me_from_a_named_note_is_mine_to_see(aino, daavid, kuusi):
    make_follow_up(kuusi, aino, author=daavid, visibility=Visibility.NAMED)
    assert [why for why, _ in whys(aino)] == [Why.DUE_TODAY]


def test_own_firms_gone_quiet_are_there_by_their_tier(aino):
    make_company("Veturi Oy", owner=aino, tier=Tier.ANCHOR, last_contact_on=ago(60))
    make_company("Kasvu Oy", owner=aino, tier=Tier.GROWTH, last_contact_on=ago(89))
    make_company("Asiakas Oy", owner=aino, tier=Tier.ENGAGED, last_contact_on=ago(400))
    make_company("Tuttu Oy", owner=aino, tier=Tier.KNOWN, last_contact_on=ago(4000))
    make_company("Tavattava Oy", owner=aino, tier=Tier.ENGAGED)
    assert whys(aino) == [
        (Why.QUIET, "Veturi Oy"),
        (Why.QUIET, "Asiakas Oy"),
        (Why.NEVER_MET, "Tavattava Oy"),
    ]


def test_a_firm_without_an_owner_is_shown_to_the_towns_advisors_only(aino, bertil, vilma):
    make_company("Orpo Oy", tier=Tier.ANCHOR)
    assert whys(aino) == [(Why.NEVER_MET, "Orpo Oy")]
    assert whys(bertil) == []
    assert whys(vilma) == []


def test_a_ceased_firm_is_not_missed(aino):
    make_company("Lopettanut Oy", owner=aino, tier=Tier.ANCHOR, status=CompanyStatus.CEASED)
    assert whys(aino) == []


def test_a_cadence_of_its_own_goes_before_the_tiers(aino):
    company = make_company("Tiheä Oy", owner=aino, tier=Tier.ENGAGED, last_contact_on=ago(31))
    company.engagements[0].own_cadence_days = 30
    assert whys(aino) == [(Why.QUIET, "Tiheä Oy")]


def test_my_drafts_are_there_and_nobody_elses(aino, daavid, kuusi):
    for user in (aino, daavid):
        row = Draft(user_id=user.id, form_key=user.name, values={"note": "Kesken"}, saved_at=NOW)
        db.session.add(row)
    db.session.flush()
    assert whys(aino) == [(Why.DRAFT, None)]


def test_counts_do_not_tell_of_another_towns_promises(aino, bertil, kuusi):
    before = home.counts(aino, today=TODAY)
    make_follow_up(make_company("Muu Oy", towns=(KRISTIINA,)), bertil, town=KRISTIINA, due_in=-1)
    assert home.counts(aino, today=TODAY) == before


def test_of_more_quiet_firms_than_are_read_the_most_pressing_are(aino, monkeypatch):
    monkeypatch.setattr(home, "READ_AT_MOST", 3)
    make_company("Orpo Veturi Oy", tier=Tier.ANCHOR, last_contact_on=ago(900))
    make_company("Asiakas Oy", owner=aino, tier=Tier.ENGAGED, last_contact_on=ago(900))
    make_company("Tapaamaton Kasvu Oy", owner=aino, tier=Tier.GROWTH)
    make_company("Kasvu Oy", owner=aino, tier=Tier.GROWTH, last_contact_on=ago(100))
    make_company("Veturi Oy", owner=aino, tier=Tier.ANCHOR, last_contact_on=ago(61))
    assert [name for _, name in whys(aino)] == ["Veturi Oy", "Kasvu Oy", "Tapaamaton Kasvu Oy"]
