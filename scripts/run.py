"""Starts Seutu with demo data: sets everything up the first time, then opens the browser.

Usage: python scripts/run.py [--port N] [--no-browser] [--fresh]
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Seutu needs Python 3.11 or newer, and this is %d.%d." % sys.version_info[:2])

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from types import FrameType

import environment

DATABASE = environment.ROOT / "instance" / "demo.sqlite"
FIRST_PORT = 5000


def main() -> int:
    options = arguments()
    try:
        environment.prepare(environment.RUNTIME)
        port = options.port or free_port()
    except environment.SetupError as error:
        print(f"{error}", file=sys.stderr)
        return 1
    DATABASE.parent.mkdir(exist_ok=True)
    if options.fresh:
        for file in DATABASE.parent.glob(f"{DATABASE.name}*"):
            file.unlink()
    return serve(port, browser=not options.no_browser and has_display())


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Start Seutu with demo data.")
    parser.add_argument("--port", type=int, help=f"default: the first free one from {FIRST_PORT}")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    parser.add_argument("--fresh", action="store_true", help="throw the demo data away and refill")
    return parser.parse_args()


def free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + 50):
        with socket.socket() as probe, contextlib.suppress(OSError):
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise environment.SetupError("No free port was found from 5000 on. Choose one with --port.")


def has_display() -> bool:
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve(port: int, *, browser: bool) -> int:
    """Run the demo until it ends or the person presses Ctrl-C; returns its exit code."""
    command = [str(environment.PYTHON), "-m", "crm", "demo", "--db", str(DATABASE)]
    demo = subprocess.Popen([*command, "--port", str(port)], cwd=environment.ROOT)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        demo.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to the demo too
    threading.Thread(target=announce, args=(demo, port, browser), daemon=True).start()
    code = demo.wait()
    return 0 if code in {-signal.SIGINT, -signal.SIGTERM, 130} else code


def announce(demo: subprocess.Popen[bytes], port: int, browser: bool) -> None:
    address = f"http://127.0.0.1:{port}/"
    with environment.progress("Starting Seutu; the first start fills the demo database"):
        while not answers(address) and demo.poll() is None:
            time.sleep(0.05)
    if demo.poll() is None:
        print(f"Ready: {address} (Ctrl-C stops it)", flush=True)
        if browser:
            webbrowser.open(address)


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}healthz", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
