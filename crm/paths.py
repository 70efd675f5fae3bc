"""Where the files beside the code are: the checkout's, or the ones a wheel carries."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def templates() -> Path:
    return _folder("templates")


def migrations() -> Path:
    return _folder("migrations")


def _folder(name: str) -> Path:
    in_checkout = (CHECKOUT / "pyproject.toml").is_file()
    return (CHECKOUT if in_checkout else PACKAGE) / name
