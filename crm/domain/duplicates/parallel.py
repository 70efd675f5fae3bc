"""A second process for long lists, where the system can fork: it sees the data without a copy."""

from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_all_start_methods, get_context
from typing import Any

_work: Callable[[Any], Any] | None = None


def _run(piece: Any) -> Any:
    assert _work is not None
    return _work(piece)


def each(
    work: Callable[[Any], Any], pieces: Sequence[Any], processes: int
) -> Iterator[tuple[int, Any]]:
    """work(piece) of every piece with its position, in no particular order.

    This process does its share, so 2 means one more. Not for a program with threads of its own.
    """
    global _work
    if processes < 2 or len(pieces) < 2 or "fork" not in get_all_start_methods():
        yield from ((at, work(piece)) for at, piece in enumerate(pieces))
        return
    _work = work
    with get_context("fork").Pool(processes - 1) as pool:
        own = range(0, len(pieces), processes)
        others = [at for at in range(len(pieces)) if at % processes]
        answers = pool.imap(_run, [pieces[at] for at in others])
        for at in own:
            yield at, work(pieces[at])
        yield from zip(others, answers, strict=True)
    _work = None
