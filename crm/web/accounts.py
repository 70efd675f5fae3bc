"""Finds the signed-in person of a request from the secret in the cookie."""

from flask import Flask

from crm import clock
from crm.actions.sessions import hash_of
from crm.models.user import User
from crm.queries import sign_ins
from crm.web.extensions import login


def load(token: str) -> User | None:
    found = sign_ins.by_token(hash_of(token), now=clock.now()) if token else None
    if found is None:
        return None
    found.user.session_token = token
    return found.user


def register(_app: Flask) -> None:
    login.user_loader(load)
