"""A search for duplicates beside the request, for whoever does not want to wait for the night."""

import threading

from flask import Flask

from crm import clock
from crm.db import db
from crm.jobs import duplicates

PATIENCE = 0.8


def start(app: Flask) -> None:
    """Begin a search unless one runs; a small register is done when this returns."""
    db.session.commit()  # the request's own transaction would keep the search waiting
    if duplicates.state(clock.now())["running"]:
        return
    db.session.rollback()
    thread = threading.Thread(target=duplicates.search_now, args=(app,), daemon=True)
    thread.start()
    thread.join(PATIENCE)
