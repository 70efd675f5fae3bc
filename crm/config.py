"""Every setting: its name in the environment, its default, and what it means."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def _flag(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


@dataclass(frozen=True)
class Setting:
    name: str
    default: Any
    meaning: str
    read: Callable[[str], Any] = str
    secret: bool = False


SETTINGS = (
    Setting(
        "DATABASE_URL", None, "the database; without it a SQLite file in the instance folder",
        secret=True,
    ),
    Setting("SECRET_KEY", None, "signs cookies and links; at least 32 characters", secret=True),
    Setting("BASE_URL", "http://127.0.0.1:5000", "the address people use, written into mails"),
    Setting("SMTP_HOST", None, "the mail server; without it nothing is sent"),
    Setting("SMTP_PORT", 587, "the mail server's port", int),
    Setting("SMTP_USER", None, "the mail server's user name"),
    Setting("SMTP_PASSWORD", None, "the mail server's password", secret=True),
    Setting("SMTP_SECURITY", "starttls", "starttls, tls or none"),
    Setting("MAIL_FROM", "Seutu <seutu@localhost>", "the sender of every mail"),
    Setting("FEEDBACK_EMAIL", None, "where people report accessibility and other problems"),
    Setting("TZ_DEFAULT", "Europe/Helsinki", "the time zone of mornings and dates"),
    Setting("LANGUAGE_DEFAULT", "fi", "the language of a visitor who has chosen none"),
    Setting("SESSION_DAYS", 14, "days after which a person signs in again", int),
    Setting("PROXY_HOPS", 0, "how many reverse proxies stand in front", int),
    Setting("SECURE_COOKIES", None, "send cookies over https only; on for an https address", _flag),
    Setting("DEMO", False, "demo people can sign in with one click, mail stays inside", _flag),
)  # fmt: skip


class SettingError(ValueError):
    """A setting is missing or cannot be used; the text says which and what to do."""


def instance_folder() -> Path:
    return Path(os.environ.get("SEUTU_INSTANCE", "instance")).resolve()


def database_url(text: str | None, instance: Path) -> str:
    """The SQLAlchemy address of the database: PostgreSQL always through psycopg 3."""
    if not text:
        instance.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{instance / 'seutu.sqlite'}"
    scheme, _, rest = text.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else text


def secret_key(text: str | None, instance: Path) -> str:
    """The given key, or one made once and kept in the instance folder, readable by its owner."""
    if text is not None:
        if len(text) < 32:
            raise SettingError("SECRET_KEY is too short: use at least 32 random characters.")
        return text
    file = instance / "secret-key"
    if not file.exists():
        instance.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text()


def read(environment: Mapping[str, str], given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Settings from the environment, overridden by given; raises SettingError with a sentence."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environment.get(setting.name)
        try:
            values[setting.name] = setting.default if text is None else setting.read(text)
        except ValueError as error:
            raise SettingError(f"{setting.name}={text!r} cannot be read: {error}") from error
    values.update(given or {})
    instance = instance_folder()
    values["SQLALCHEMY_DATABASE_URI"] = database_url(values["DATABASE_URL"], instance)
    values["SECRET_KEY"] = secret_key(values["SECRET_KEY"], instance)
    if values["SECURE_COOKIES"] is None:
        values["SECURE_COOKIES"] = str(values["BASE_URL"]).startswith("https://")
    return values
