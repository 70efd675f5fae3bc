"""A test client with a real sign-in of its own."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from crm import clock
from crm.actions.sessions import open_session
from crm.models import User


def signed_in(app: Flask, user: User) -> FlaskClient:
    """A browser in which user has signed in; the secret is in its cookie as after the form."""
    now = clock.now()
    token = open_session(user, browser="test", lasts=timedelta(days=1), now=now).session_token
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client
