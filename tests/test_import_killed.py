"""An import killed at any moment is whole or not there at all, and can simply be run again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from crm.config import database_url as full_address

ROOT = Path(__file__).resolve().parents[1]
ROWS = 1500
KILLS = 6


@pytest.mark.slow
def test_a_killed_import_leaves_all_or_nothing(database_url, tmp_path):
    file = tmp_path / "lista.csv"
    rows = "".join(f"Yritys {n} Oy;Katu {n};26100\r\n" for n in range(ROWS))
    file.write_text(f"Yritys;Katuosoite;Postinumero\r\n{rows}", encoding="utf-8")
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "SEUTU_INSTANCE": str(tmp_path),
        "SECRET_KEY": "a key for the tests, not for anything else",
    }

    def seutu(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "crm", *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, text=True)

    assert seutu("towns", "add", "684").wait(60) == 0
    words = ("import", "companies", str(file), "--town", "684", "--json")
    begun = time.monotonic()
    taken, _ = seutu(*words).communicate(timeout=60)
    whole = time.monotonic() - begun
    assert seutu("import", "undo", str(json.loads(taken)["batch"])).wait(60) == 0
    seen = set()
    engine = create_engine(full_address(database_url, tmp_path))
    moments = random.Random(7)
    for _attempt in range(KILLS):
        child = seutu(*words)
        time.sleep(whole * moments.uniform(0.4, 1.0))
        child.send_signal(signal.SIGKILL)
        child.wait()
        with engine.connect() as connection:
            seen.add(connection.scalar(text("SELECT count(*) FROM company")))
    taken, _ = seutu(*words).communicate(timeout=60)
    report = json.loads(taken)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM company")) == ROWS
        assert connection.scalar(text("SELECT count(*) FROM site")) == ROWS
    engine.dispose()
    assert seen <= {0, ROWS}
    assert report["created"] + report["unchanged"] == ROWS
