"""One fresh row of every kind that an address can name, and a browser for everyone of the cast."""

import re
from datetime import timedelta
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from crm import clock
from crm.actions.engagements import edit_engagement
from crm.actions.imports import preview, stage_import
from crm.actions.merges import merge_companies
from crm.db import db
from crm.domain.access import Role, Visibility
from crm.domain.cadence import Tier
from crm.domain.reminders import DeliveryState, ReminderKind
from crm.formats.tables import Table
from crm.models import Company, Draft, FollowUp, ImportRow, Interaction, User
from crm.models.reminder import Delivery, Reminder
from tests.make import (
    KRISTIINA,
    RAUMA,
    TODAY,
    make_company,
    make_follow_up,
    make_interaction,
    make_pair,
    make_person,
    make_user,
)
from tests.sign_in import signed_in

MISSING = 987_654
RAW_TOKEN = "a" * 40
TOKEN = re.compile(r"\.?[\w-]{10,}\.[\w-]{6}\.[\w-]{27}")


class World:
    """Each maker gives what stands in an address: an id, a key or a code. Those named `their_…`
    belong to Kristiinankaupunki, the others to Rauma."""

    def __init__(self, app: Flask, cast: Any) -> None:
        self.app = app
        self.cast = cast
        self.numbers = count(1)
        app.config["WTF_CSRF_ENABLED"] = True

    def browser(self, name: str, *, with_token: bool = True) -> FlaskClient:
        """A new sign-in of somebody of the cast; nobody has none. Sends the token of its forms."""
        nobody = name == "nobody"
        client = self.app.test_client() if nobody else self.signed_in(getattr(self.cast, name))
        with client.session_transaction() as cookie:
            cookie["csrf_token"] = RAW_TOKEN
        if with_token:
            client.environ_base["HTTP_X_CSRFTOKEN"] = self._form_token()
        return client

    def signed_in(self, user: User) -> FlaskClient:
        return signed_in(self.app, user)

    def _form_token(self) -> str:
        serializer = URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token")
        return str(serializer.dumps(RAW_TOKEN))

    def path(self, pattern: str) -> str:
        """pattern with each {kind} replaced by a fresh row of the kind."""
        return re.sub(r"\{(\w+)\}", lambda found: str(getattr(self, found[1])()), pattern)

    def firm(self, town: str = RAUMA, name: str | None = None) -> Company:
        owner = self.cast.aino if town == RAUMA else self.cast.bertil
        number = next(self.numbers)
        return make_company(name or f"Koneyhtiö {number} Oy", towns=(town,), owner=owner)

    def note(self, town: str = RAUMA, **given: Any) -> Interaction:
        author = self.cast.aino if town == RAUMA else self.cast.bertil
        company = given.pop("company", None) or self.firm(town)
        return make_interaction(company, author, town=town, **given)

    def promise(self, town: str = RAUMA, **given: Any) -> FollowUp:
        author = self.cast.aino if town == RAUMA else self.cast.bertil
        return make_follow_up(self.firm(town), author, town=town, due_in=2, **given)

    def batch(self, town: str = RAUMA, *, read: bool = False, filename: str = "lista.csv") -> int:
        actor = self.cast.aino if town == RAUMA else self.cast.bertil
        number = next(self.numbers)
        table = Table(["Yritys", "Puhelin"], [[f"Tuotu {number} Oy", "02 123 4567"]])
        batch = stage_import(
            actor,
            table,
            town_code=town,
            filename=filename,
            file_hash=f"{number:064}",
            now=clock.now(),
        )
        if read:
            preview(actor, batch)
        return batch.id

    def company(self) -> int:
        return self.firm().id

    def their_company(self) -> int:
        return self.firm(KRISTIINA).id

    def town_note(self) -> int:
        return self.note().id

    def network_note(self) -> int:
        return self.note(visibility=Visibility.NETWORK).id

    def named_note(self) -> int:
        """Of Aino, for Bertil."""
        return self.note(visibility=Visibility.NAMED, readers=(self.cast.bertil,)).id

    def their_note(self) -> int:
        return self.note(KRISTIINA).id

    def task(self) -> int:
        return self.promise().id

    def network_task(self) -> int:
        return self.promise(visibility=Visibility.NETWORK).id

    def named_task(self) -> int:
        """Promised by Bertil to be kept by Aino, in a note for the two."""
        cast = self.cast
        row = make_follow_up(
            self.firm(), cast.aino, author=cast.bertil, due_in=2, visibility=Visibility.NAMED
        )
        return row.id

    def their_task(self) -> int:
        return self.promise(KRISTIINA).id

    def position(self) -> int:
        return make_person(self.firm()).positions[0].id

    def their_position(self) -> int:
        return make_person(self.firm(KRISTIINA)).positions[0].id

    def person(self) -> int:
        return make_person(self.firm()).id

    def their_person(self) -> int:
        return make_person(self.firm(KRISTIINA)).id

    def merge(self) -> int:
        """Of two firms of Rauma, made by Carita."""
        one, other = self.firm(), self.firm()
        seen = (one.version, other.version)
        made = merge_companies(self.cast.carita, one, other, choices={}, seen=seen, now=clock.now())
        return made.id

    def pair(self, *towns: str) -> int:
        """Two firms that look alike, both of Rauma, or each of its town."""
        one, other = (self.firm(town) for town in towns or (RAUMA, RAUMA))
        return make_pair(one, other).id

    def shared_pair(self) -> int:
        return self.pair(RAUMA, KRISTIINA)

    def new_import(self) -> int:
        return self.batch()

    def read_import(self) -> int:
        return self.batch(read=True)

    def their_import(self) -> int:
        return self.batch(KRISTIINA, read=True)

    def import_row(self, town: str = RAUMA) -> int:
        """Of a file that was looked at; it looks like a firm that is known."""
        number = next(self.numbers)
        make_company(f"Tuotu {number + 1} Ab", towns=(town,))
        batch_id = self.batch(town, read=True)
        return db.session.query(ImportRow).filter_by(batch_id=batch_id).one().id

    def their_import_row(self) -> int:
        return self.import_row(KRISTIINA)

    def event(self) -> int:
        """Of Aino's own act in Rauma, which she can take back."""
        return self._relationship_changed(self.cast.aino, RAUMA)

    def their_event(self) -> int:
        return self._relationship_changed(self.cast.bertil, KRISTIINA)

    def _relationship_changed(self, actor: User, town: str) -> int:
        row = self.firm(town).engagements[0]
        event = edit_engagement(
            actor,
            row,
            tier=Tier.ANCHOR,
            owner=actor,
            own_cadence_days=None,
            version=row.version,
            now=clock.now(),
        )
        return event.id

    def colleague(self) -> int:
        number = next(self.numbers)
        return make_user(f"Uusi{number} Salo", town=RAUMA, role=Role.ADVISOR).id

    def their_colleague(self) -> int:
        number = next(self.numbers)
        return make_user(f"Ny{number} Berg", town=KRISTIINA, role=Role.ADVISOR).id

    def draft(self, owner: User | None = None, **values: str) -> str:
        """The key of Aino's meeting begun and not saved."""
        key = f"luonnos-{next(self.numbers)}"
        db.session.add(
            Draft(
                user_id=(owner or self.cast.aino).id,
                form_key=key,
                values={"note": "Kesken", **values},
                saved_at=clock.now(),
            )
        )
        db.session.flush()
        return key

    def mail(self) -> int:
        """Aino's digest of some morning, sent."""
        number = next(self.numbers)
        day = TODAY - timedelta(days=number)
        reminder = Reminder(
            key=f"digest:{number}",
            kind=ReminderKind.DIGEST,
            user=self.cast.aino,
            local_on=day,
            due_at=clock.now(),
        )
        reminder.delivery = Delivery(
            state=DeliveryState.SENT,
            next_try_at=clock.now(),
            message_id=f"<{number}@seutu.example>",
            recipient=self.cast.aino.email,
            subject="Aamukooste",
            text="Soita Kuuselle",
            html="<p>Soita Kuuselle</p>",
        )
        db.session.add(reminder)
        db.session.flush()
        return reminder.delivery.id

    def missing(self) -> int:
        return MISSING


def then(browser: FlaskClient, answer: TestResponse) -> str:
    """The page that an answer leads to."""
    assert answer.status_code == 302, answer.status_code
    return browser.get(answer.headers["Location"]).text
