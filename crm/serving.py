"""The web program as a process of its own, and the demo: web and worker together."""

import gc
import os
import signal
import tempfile
import threading
from pathlib import Path

import click
import flask_migrate
from flask import Flask
from sqlalchemy import func, select
from waitress import create_server

from crm import clock, demo, jobs, models, paths
from crm.app import create_app
from crm.db import db

THREADS = 8
NEW_OBJECTS = 50_000


def collect_seldom() -> None:
    """Have Python look for circular garbage seldom, and never among what the program is made of.

    By default it looks after each 700 new objects, from time to time through all of them: half the
    time of an import of 20,000 rows, and pauses of 0.2 s in pages.
    """
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)


def serve(app: Flask, host: str, port: int) -> None:
    """Serve until interrupted; requests under way are finished."""
    server = create_server(app, host=host, port=port, threads=THREADS, ident=None)
    click.echo(f"Seutu is at http://{host}:{port}", err=True)
    signal.signal(signal.SIGTERM, lambda *_: server.close())
    try:
        server.run()
    except OSError:
        click.echo("Stopped.", err=True)


def run_demo(port: int, path: Path | None) -> None:
    """Web and worker on a demo database at path, or on one that goes away with the program."""
    with tempfile.TemporaryDirectory(prefix="seutu-", ignore_cleanup_errors=True) as folder:
        app = _demo_app(path or Path(folder) / "demo.sqlite", port)
        with app.app_context():
            _fill()
        stop = threading.Event()
        worker = threading.Thread(target=jobs.run_worker, args=(app, stop), daemon=True)
        worker.start()
        try:
            serve(app, "127.0.0.1", port)
        finally:
            stop.set()
            worker.join(10)


def _demo_app(file: Path, port: int) -> Flask:
    file = file.resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SEUTU_INSTANCE", str(file.parent))
    return create_app(
        {
            "DATABASE_URL": f"sqlite:///{file}",
            "BASE_URL": f"http://127.0.0.1:{port}",
            "DEMO": True,
        }
    )


def _fill() -> None:
    flask_migrate.upgrade(directory=str(paths.migrations()))
    if db.session.scalar(select(func.count(models.Company.id))):
        return
    click.echo("Writing the demo data …", err=True)
    demo.seed(db.session, companies=400, interactions=1500, today=clock.today(), now=clock.now())
    db.session.commit()
