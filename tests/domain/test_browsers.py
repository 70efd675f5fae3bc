"""People know their devices by a name, not by the header a browser sends."""

import pytest

from crm.domain.browsers import browser_name

GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"
HEADERS = {
    f"Mozilla/5.0 (Windows NT 10.0) {GECKO} Chrome/150 Safari/537 Edg/150": "Edge, Windows",
    f"Mozilla/5.0 (Linux; Android 16) {GECKO} Chrome/150 Mobile Safari/537": "Chrome, Android",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 19_1) {GECKO} Version/19 Safari/604": "Safari, iPhone",
    "Mozilla/5.0 (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0": "Firefox, Linux",
    "curl/8.5.0": "",
    "": "",
}


@pytest.mark.parametrize("header", list(HEADERS))
def test_a_browser_is_named_by_its_program_and_its_device(header: str):
    assert browser_name(header) == HEADERS[header]
