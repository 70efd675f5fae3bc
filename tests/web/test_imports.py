"""A firm list on its way in through the browser: file, columns, preview, done, taken back."""

from tests.formats.hostile import *  # noqa: F403

LIST = (
    "Y-tunnus;Yritys;Puhelin;Muuta\r\n"
    "9100001-3;Järven Veistämö Oy;02 123 4567;=1+1\r\n"
    "9100000-5;Kuusen Konepaja Oy;02 765 4321;\r\n"
    "1234567-8;Väärän Numeron Oy;;\r\n"
).encode("cp1252")
