"""A firm list on its way in through the browser: file, columns, preview, done, taken back."""

import io
import time
from typing import Any

import pytest
from flask.testing import FlaskClient

from crm.db import db
from crm.domain.batches import BatchState
from crm.models import Company, ImportBatch
from crm.web import import_work
from tests.formats.hostile import *  # noqa: F403
from tests.make import KRISTIINA, RAUMA, make_company
from tests.web.world import World, then

LIST = (
    "Y-tunnus;Yritys;Puhelin;Muuta\r\n"
    "9100001-3;Järven Veistämö Oy;02 123 4567;=1+1\r\n"
    "9100000-5;Kuusen Konepaja Oy;02 765 4321;\r\n"
    "1234567-8;Väärän Numeron Oy;;\r\n"
).encode("cp1252")
