"""Takes the pictures of the documentation, and those to look at before a page is done.

Usage: python scripts/screenshots.py            the README's picture (docs/images/day.png)
       python scripts/screenshots.py FOLDER     every page into FOLDER: phones, desk, dark, Swedish
"""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environment

ROOT = environment.ROOT
if Path(sys.prefix).resolve() != environment.PYTHON.parent.parent.resolve():
    os.execv(environment.PYTHON, [str(environment.PYTHON), __file__, *sys.argv[1:]])

sys.path.insert(0, str(ROOT))

import flask_migrate
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from crm import clock, demo, jobs
from crm.app import create_app
from crm.db import db

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WINDOWS = {
    "1440": {"viewport": {"width": 1440, "height": 900}},
    "390": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "320": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
    "1440-dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "390-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
PAGES = {
    "day": "/",
    "companies": "/companies",
    "companies-empty": "/companies?q=eiole&town=all",
    "company": "/companies/8",
    "history": "/companies/8/history",
    "field": "/companies/8/edit/staff",
    "relationship": "/companies/8/relationship/684",
    "person": "/companies/8/people/new",
    "new-company": "/companies/new?name=telakkapalvelu",
    "log": "/interactions/new?company=8",
    "meetings": "/interactions",
    "tasks": "/follow-ups",
    "new-task": "/companies/8/follow-ups/new",
    "imports": "/imports",
    "import": "/imports/new",
    "search": "/search?q=konepja",
    "settings": "/settings",
    "outbox": "/outbox",
    "help": "/help",
    "lost": "/nothing-here",
}


@contextmanager
def demo_server() -> Iterator[str]:
    """The address of the demo on a database of its own, with this morning's digest sent."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SEUTU_INSTANCE"] = folder
        app = create_app({"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite", "DEMO": True})
        with app.app_context():
            flask_migrate.upgrade()
            demo.seed(db.session, today=clock.today(), now=clock.now())
            db.session.commit()
        jobs.tick(app, clock.now())
        server = create_server(app, host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()


def signed_in(browser: Browser, address: str, locale: str, **window: object) -> Page:
    context = browser.new_context(base_url=address, locale=locale, **window)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator(".demo-person").first.click()
    page.wait_for_load_state()
    return page


def readme_picture(browser: Browser, address: str) -> None:
    file = ROOT / "docs" / "images" / "day.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page = signed_in(browser, address, "fi-FI", viewport={"width": 1200, "height": 760})
    page.screenshot(path=file)
    print(f"wrote {file.relative_to(ROOT)}")


def every_page(browser: Browser, address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, window in WINDOWS.items():
        page = signed_in(browser, address, "fi-FI", **window)
        for word, path in PAGES.items():
            page.goto(path)
            page.screenshot(path=folder / f"{word}-{name}.png", full_page=name != "390")
        page.context.close()
    context = browser.new_context(base_url=address, locale="sv-FI", **WINDOWS["390"])
    page = context.new_page()
    page.goto("/sign-in")
    page.screenshot(path=folder / "sign-in-390-sv.png")
    print(f"wrote {len(list(folder.glob('*.png')))} pictures into {folder}")


def main() -> None:
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with demo_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        if len(sys.argv) > 1:
            every_page(browser, address, Path(sys.argv[1]))
        else:
            readme_picture(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
