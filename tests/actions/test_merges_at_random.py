"""Merges, edits and undos in any order leave what the model says, cell by cell."""

from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from crm.actions.companies import edit_field
from crm.actions.engagements import edit_engagement, engage
from crm.actions.interactions import Said, delete_interaction, log_interaction
from crm.actions.merge_undo import undo_merge
from crm.actions.merges import merge_companies, merge_people
from crm.actions.people import add_person
from crm.db import Base, db
from crm.domain.cadence import Tier
from crm.domain.companies import FigureKind, NameKind, Source
from crm.domain.company_fields import CompanyField
from crm.domain.errors import Conflict
from crm.domain.interactions import Channel
from crm.domain.merges import MergeField, Side
from crm.models import Company, Draft, Figure, Interaction, Merge, Person, Position, User
from crm.queries.merges import compare_companies, compare_people
from tests.actions.merge_model import TRACKED, Model, Rows
from tests.make import (
    KRISTIINA,
    NOW,
    RAUMA,
    TODAY,
    make_company,
    make_follow_up,
    make_interaction,
    make_person,
)

WALKS = 12
STEPS = 25
HERE = {"today": TODAY, "now": NOW}
NUMBERS = ("9100000-5", "9100001-3", "9100002-1", "9100003-8", "9100004-6", "9100005-4")


def snapshot() -> Rows:
    db.session.flush()
    rows: Rows = {}
    for name in TRACKED:
        found: Any = db.session.execute(select(Base.metadata.tables[name])).mappings()
        for row in found:
            key = row["id"] if "id" in row else (row["interaction_id"], row["person_id"])
            rows[name, key] = dict(row)
    return rows


class Walk:
    """One small network, and the same in the model."""

    def __init__(self, seed: int, actor: User) -> None:
        self.random = Random(seed)
        self.actor = actor
        self.numbers = iter(range(1, 10_000))
        self.firms = [self.firm(number) for number in range(6)]
        shared = self.random.choice(db.session.query(Person).all())
        for firm in self.firms[:3]:
            db.session.add(Position(person=shared, company=firm, title=None))
        self.model = Model(snapshot())
        self.merges: list[Merge] = []

    def firm(self, number: int) -> Company:
        pick = self.random
        towns = tuple(pick.sample((RAUMA, KRISTIINA), pick.choice((1, 1, 2))))
        firm = make_company(
            f"Yritys {next(self.numbers)} Oy",
            towns=towns,
            owner=pick.choice((self.actor, None)),
            tier=pick.choice(list(Tier)),
            business_id=NUMBERS[number] if pick.random() < 0.6 else None,
            phone=f"+35840{number}",
            email=None,
        )
        for year in pick.sample((2023, 2024, 2025), 2):
            firm.figures.append(
                Figure(
                    kind=FigureKind.STAFF,
                    year=year,
                    value=number,
                    source=Source.FILE,
                    stated_on=TODAY,
                )
            )
        people = [make_person(firm, f"Henkilö {next(self.numbers)}") for _ in range(2)]
        for _ in range(pick.randint(0, 2)):
            self.meeting(firm, pick.choice(towns), people)
        make_follow_up(firm, self.actor, town=towns[0])
        values = {"company_id": firm.id}
        key = f"luonnos-{next(self.numbers)}"
        db.session.add(
            Draft(user_id=self.actor.id, form_key=key, company=firm, values=values, saved_at=NOW)
        )
        return firm

    def meeting(self, firm: Company, town: str, people: list[Person]) -> None:
        days = self.random.randint(0, 900)
        make_interaction(firm, self.actor, town=town, days_ago=days, attendees=people)
        row = next(row for row in firm.engagements if row.town_code == town)
        held = db.session.query(Interaction).filter_by(company_id=firm.id, town_code=town)
        held_on = max(row.held_on for row in held)
        row.last_contact_on = max(filter(None, (row.last_contact_on, held_on)))

    def step(self) -> None:
        acts = (self.merge,) * 5 + (self.merge_people,) * 2 + (self.undo,) * 5
        acts += (self.edit, self.rename, self.log, self.log, self.delete, self.tend, self.engage)
        self.random.choice((*acts, self.add_person))()

    def living(self) -> Company:
        return db.session.get_one(Company, self.random.choice(self.model.living("company")))

    def merge(self) -> None:
        ids = self.model.living("company")
        if len(ids) < 2:
            return
        keep, lose = (db.session.get_one(Company, i) for i in self.random.sample(ids, 2))
        compared = compare_companies(self.actor, keep, lose)
        merge = self.merged("company", merge_companies, keep, lose, compared)
        self.merges.append(merge)

    def merge_people(self) -> None:
        ids = self.model.living("person")
        keep, lose = (db.session.get_one(Person, i) for i in self.random.sample(ids, 2))
        merge = self.merged("person", merge_people, keep, lose, compare_people(keep, lose))
        self.merges.append(merge)

    def merged(self, kind: str, act: Any, keep: Any, lose: Any, compared: Any) -> Merge:
        choices = {row.field: self.random.choice(list(Side)) for row in compared}
        sides = {row.field: row.proposed for row in compared}
        sides |= {row.field: choices[row.field] for row in compared if row.to_choose}
        taken = {field.value for field, side in sides.items() if side is Side.LOSER}
        seen = (keep.version, lose.version)
        if kind == "company" and MergeField.STAFF in choices:
            choices[MergeField.STAFF] = Side.SURVIVOR
        choices.pop(MergeField.ADDRESS, None)
        ids = (keep.id, lose.id)
        merge: Merge = act(self.actor, keep, lose, choices=choices, seen=seen, now=NOW)
        self.model.merge(merge.id, kind, *ids, taken & set(TRACKED[kind]))
        return merge

    def undo(self) -> None:
        if not self.merges:
            return
        merge = self.random.choice(self.merges)
        if merge.id not in self.model.standing:
            before = snapshot()
            undo_merge(self.actor, merge, now=NOW)
            assert snapshot() == before
            return
        if self.model.refuses(merge.id):
            before = snapshot()
            with pytest.raises(Conflict):
                undo_merge(self.actor, merge, now=NOW)
            assert snapshot() == before
            if self.random.random() < 0.5:
                return
        undo_merge(self.actor, merge, partial=True, now=NOW)
        self.model.undo(merge.id)

    def edit(self) -> None:
        firm, which = self.living(), self.random.choice((CompanyField.PHONE, CompanyField.EMAIL))
        number = next(self.numbers)
        text = f"040 1{number:06}" if which is CompanyField.PHONE else f"posti{number}@firma.fi"
        edit_field(self.actor, firm, which, text, version=firm.version, **HERE)
        self.model.write("company", firm.id, which.value, getattr(firm, which.value))

    def rename(self) -> None:
        firm = self.living()
        text = f"Uusi {next(self.numbers)} Oy"
        edit_field(self.actor, firm, CompanyField.NAME, text, version=firm.version, **HERE)
        self.model.write("company", firm.id, "name", text)

    def log(self) -> None:
        firm = self.living()
        town = self.random.choice((RAUMA, KRISTIINA))
        said = Said(Channel.CALL, TODAY, "Soitettiin")
        log_interaction(self.actor, firm, said, town_code=town, form_key=None, **HERE)
        db.session.flush()
        row = next((e for e in firm.engagements if e.town_code == town), None)
        if row is not None and ("engagement", row.id) in self.model.fixed:
            self.model.write("engagement", row.id, "tier", row.tier.value)
            self.model.write("engagement", row.id, "owner_id", row.owner_id)

    def delete(self) -> None:
        rows = db.session.query(Interaction).filter_by(deleted_at=None).all()
        if rows:
            delete_interaction(self.actor, self.random.choice(rows), now=NOW)

    def tend(self) -> None:
        firm = self.living()
        if not firm.engagements:
            return
        row = self.random.choice(firm.engagements)
        same: dict[str, Any] = {"tier": row.tier, "owner": row.owner, "version": row.version}
        days = 7 + next(self.numbers) % 1000
        edit_engagement(self.actor, row, own_cadence_days=days, now=NOW, **same)
        self.model.write("engagement", row.id, "own_cadence_days", days)

    def engage(self) -> None:
        town = self.random.choice((RAUMA, KRISTIINA))
        engage(self.actor, self.living(), town_code=town, now=NOW)

    def add_person(self) -> None:
        firm = self.living()
        name = f"Henkilö {next(self.numbers)}"
        facts = {"name": name, "title": "", "email": "", "phone": ""}
        add_person(self.actor, firm, **facts, **HERE)

    def check(self) -> None:
        db.session.flush()
        db.session.expire_all()
        rows = self.known_rows(snapshot())
        self.model.forget(rows)
        self.model.learn(rows)
        wrong = [
            f"{cell}: {_plain(rows[cell[:2]][cell[2]])} instead of {_plain(self.model.get(*cell))}"
            for cell in self.model.stacks
            if _plain(rows[cell[:2]][cell[2]]) != _plain(self.model.get(*cell))
        ]
        assert not wrong, "\n".join(wrong)
        for company_id in self.model.living("company"):
            self.check_company(db.session.get_one(Company, company_id))

    def known_rows(self, rows: Rows) -> Rows:
        """Who took part goes by the person they were at first: the model's name for the row."""
        seats = {
            (row[0], self.model.get(table, row, "person_id")): row
            for table, row in self.model.fixed
            if table == "interaction_attendee"
        }
        return {
            (table, seats.get(key, key) if table == "interaction_attendee" else key): row
            for (table, key), row in rows.items()
        }

    def check_company(self, firm: Company) -> None:
        """What is derived: one main name, the newest contact of each town, a findable text."""
        main = [row.name for row in firm.names if row.kind is NameKind.MAIN]
        assert main == [firm.name]
        meetings = db.session.query(Interaction).filter_by(company_id=firm.id, deleted_at=None)
        last: dict[str, Any] = {}
        for row in meetings:
            last[row.town_code] = max(row.held_on, last.get(row.town_code, row.held_on))
        found = {row.town_code: row.last_contact_on for row in firm.engagements}
        assert {town: day for town, day in found.items() if day} == last
        gone = self.model.at("company", "merged_into_id", firm.id)
        for merged in (firm, *(db.session.get_one(Company, i) for i in gone)):
            assert not merged.business_id or merged.business_id in firm.search_text
        assert all(db.session.get_one(Company, i).search_text == "" for i in gone)


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


@pytest.mark.parametrize("seed", range(WALKS))
def test_any_order_of_merges_edits_and_undos_leaves_what_the_model_says(carita: User, seed: int):
    walk = Walk(seed, carita)
    walk.check()
    for _ in range(STEPS):
        walk.step()
        walk.check()
    for merge in sorted(walk.merges, key=lambda row: -row.id):
        if merge.id in walk.model.standing:
            undo_merge(carita, merge, partial=True, now=NOW)
            walk.model.undo(merge.id)
            walk.check()
    assert walk.model.standing == {}
