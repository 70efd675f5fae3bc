from datetime import datetime, time

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import db
from crm.domain.access import Language, Right, Role, Theme, allowed
from crm.models.stamped import Stamped, Versioned
from crm.models.town import Town


def initials(name: str) -> str:
    """First letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class User(UserMixin, Versioned, db.Model):
    """Somebody who signs in: an advisor, a coordinator, an administrator."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    network_role: Mapped[Role | None]
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[Language] = mapped_column(default=Language.FI)
    theme: Mapped[Theme] = mapped_column(default=Theme.AUTO)
    single_keys: Mapped[bool] = mapped_column(default=True)
    digest_wanted: Mapped[bool] = mapped_column(default=True)
    digest_at: Mapped[time] = mapped_column(default=time(8, 0))
    is_demo: Mapped[bool] = mapped_column(default=False)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", order_by="Membership.town_code"
    )

    session_token = ""

    def get_id(self) -> str:
        """The secret of this sign-in, kept by Flask-Login in the cookie; never the user's id."""
        return self.session_token

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def town_codes(self) -> list[str]:
        return [membership.town_code for membership in self.memberships]

    @property
    def initials(self) -> str:
        return initials(self.name)

    def roles(self, town_code: str | None = None) -> set[Role]:
        """Roles in this town (in any town, when none is given) and in the whole network."""
        roles = {m.role for m in self.memberships if town_code in (None, m.town_code)}
        return roles | ({self.network_role} if self.network_role else set())

    def may(self, right: Right | str, town_code: str | None = None) -> bool:
        return self.active and allowed(self.roles(town_code), Right(right))

    def towns_with(self, right: Right) -> list[str]:
        """Own towns in which this person holds right."""
        return [code for code in self.town_codes if self.may(right, code)]


class Membership(Stamped, db.Model):
    """A user's role in one town."""

    __table_args__ = (UniqueConstraint("user_id", "town_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    town_code: Mapped[str] = mapped_column(ForeignKey("town.code"), index=True)
    role: Mapped[Role]

    user: Mapped[User] = relationship(back_populates="memberships")
    town: Mapped[Town] = relationship(lazy="joined")


class SignIn(Stamped, db.Model):
    """One signed-in browser. Only a hash of its secret is kept; ending the row signs it out."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(200), default="")
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class SignInFailure(db.Model):
    """A wrong password, counted per account and per address to slow guessing down."""

    __table_args__ = (
        Index("ix_sign_in_failure_account_at", "account_hash", "at"),
        Index("ix_sign_in_failure_address_at", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
