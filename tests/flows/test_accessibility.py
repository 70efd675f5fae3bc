"""axe-core on every page, in light and dark and on the smallest phone; nothing wider than it."""

import pytest

from crm.db import db
from tests.fixtures.browser import axe
from tests.flows.cast import fill, sign_in

WINDOWS = {
    "desk in light": {"viewport": {"width": 1440, "height": 900}},
    "desk in dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "smallest phone": {"viewport": {"width": 320, "height": 640}},
}
PAGES = (
    "/",
    "/companies",
    "/companies?q=eiloydy&town=all",
    "/companies/{company}",
    "/companies/{company}/history",
    "/companies/{company}/edit/staff",
    "/companies/{company}/relationship/684",
    "/companies/{company}/people/new",
    "/companies/{company}/follow-ups/new",
    "/companies/{company}/merge",
    "/companies/{company}/merge/2",
    "/companies/new",
    "/duplicates",
    "/duplicates/1",
    "/duplicates/learned",
    "/interactions",
    "/interactions/new?company={company}",
    "/interactions/new",
    "/follow-ups",
    "/follow-ups?state=done",
    "/follow-ups/1/move",
    "/follow-ups/1/drop",
    "/imports",
    "/imports/new",
    "/search?q=telakka",
    "/search?q=eiloydy",
    "/settings",
    "/users",
    "/users/new",
    "/help",
    "/accessibility",
    "/nothing-here",
)


@pytest.fixture(params=list(WINDOWS))
def browser_settings(request):
    return WINDOWS[request.param]


def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(app, page, page_problems, daavid):
    company = fill(daavid)
    found = look(page, "/sign-in")
    sign_in(app, page, daavid)
    for address in PAGES:
        found += look(page, address.format(company=company.id))
    page_problems.clear()  # the address that leads nowhere says so on the console
    assert not found, "\n".join(found)


def look(page, address: str) -> list[str]:
    page.goto(address)
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    problems = [f"{address}: {wide} px too wide"] if wide > 0 else []
    return problems + [f"{address}: {problem}" for problem in axe(page)]


def test_a_refused_form_and_the_import_pages_are_accessible(app, page, daavid):
    company = fill(daavid)
    sign_in(app, page, daavid)
    page.goto(f"/interactions/new?company={company.id}")
    page.locator(".save-bar button[data-variant=primary]").click()
    page.wait_for_selector(".error-summary")
    found = axe(page)
    page.goto("/imports/new")
    rows = "Y-tunnus;Yritys\r\n9100001-3;Uusi Oy\r\n1234567-8;Väärä Oy\r\n".encode()
    page.set_input_files("input[type=file]", {"name": "a.csv", "mimeType": "", "buffer": rows})
    page.locator(".save-bar button").click()
    page.wait_for_selector("select")
    found += axe(page)
    page.locator(".save-bar button").click()
    page.wait_for_selector("table")
    found += axe(page)
    db.session.expire_all()
    assert not found, "\n".join(found)
