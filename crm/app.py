"""Puts the program together; the one module that knows every door."""

import logging
import os
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from crm import config, i18n, models, paths
from crm.db import db, engine_options
from crm.web import (
    accounts,
    companies,
    company_edits,
    compression,
    duplicates,
    errors,
    follow_ups,
    guard,
    health,
    home,
    imports,
    interactions,
    known_firms,
    merges,
    outbox,
    pages,
    people,
    search,
    sessions,
    settings,
    shell,
    ui_gallery,
    undo,
    users,
)
from crm.web.extensions import babel, csrf, login, migrate

BLUEPRINTS = (
    companies.bp,
    company_edits.bp,
    duplicates.bp,
    follow_ups.bp,
    health.bp,
    home.bp,
    imports.bp,
    interactions.bp,
    merges.bp,
    outbox.bp,
    pages.bp,
    people.bp,
    search.bp,
    sessions.bp,
    settings.bp,
    ui_gallery.bp,
    undo.bp,
    users.bp,
)
MAX_UPLOAD = 20 * 1024 * 1024


def create_app(given: dict[str, Any] | None = None) -> Flask:
    """The web program; given overrides settings from the environment (tests, demo)."""
    app = Flask("crm", template_folder=str(paths.templates()))
    app.config.update(config.read(os.environ, given))
    _configure(app)
    _bind(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for part in (compression, guard, errors, shell, accounts, known_firms):
        part.register(app)
    return app


def _configure(app: Flask) -> None:
    secure = app.config["SECURE_COOKIES"]
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_UPLOAD,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        PERMANENT_SESSION_LIFETIME=timedelta(days=app.config["SESSION_DAYS"]),
        SESSION_COOKIE_NAME="__Host-seutu" if secure else "seutu",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=30),
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(app.config["SQLALCHEMY_DATABASE_URI"]),
        BABEL_TRANSLATION_DIRECTORIES=str(paths.PACKAGE / "translations"),
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    hops = app.config["PROXY_HOPS"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logging.getLogger("seutu").setLevel(logging.INFO)


def _bind(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(paths.migrations()))
    babel.init_app(app, locale_selector=i18n.choose_language)
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None


__all__ = ["create_app", "models"]
