"""Weights that learn from what people decided in the queue, and never get worse by it.

A logistic regression that starts from the weights in use and is held near them: few decisions
move them little. What it learnt is taken only when it judges decisions it has not seen better
than the weights in use do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.comparing import Feature, Features, compare
from crm.domain.duplicates.judging import Knowledge
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.duplicates.weights import Weights

FEWEST = 40  # decisions, ten of each kind at least, before anything is learnt
FEWEST_OF_A_KIND = 10
FOLDS = 5
HELD = 4.0  # how many decisions it takes to doubt a weight
STEPS = 60
BETTER = 0.01  # log-loss a decision that must be won, so that chance alone changes nothing
# These may only speak for or only against, whatever few decisions say.
FOR = {
    *(Feature.NAME_SHARED, Feature.NAME_COVERED, Feature.NAME_SAME, Feature.NAME_LETTERS),
    *(Feature.ACRONYM, Feature.ADDRESS_SAME, Feature.POSTCODE_SAME, Feature.CITY_SAME),
    *(Feature.PHONE_SAME, Feature.SITE_SAME, Feature.DOMAIN_SAME, Feature.DOMAIN_IS_NAME),
    *(Feature.EMAIL_SAME, Feature.ID_SAME, Feature.ID_NEAR),
}


@dataclass(frozen=True)
class Decisions:
    """features: a row a pair that people decided; same: whether they said it is one firm."""

    features: Features
    same: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.same)

    def some(self, rows: NDArray[np.bool_]) -> "Decisions":
        return Decisions(self.features[rows], self.same[rows])


def learn(decisions: Decisions, weights: Weights) -> Weights:
    """Better weights, or the same ones when these decisions do not prove any better."""
    kinds = (int(decisions.same.sum()), int((~decisions.same).sum()))
    if len(decisions) < FEWEST or min(kinds) < FEWEST_OF_A_KIND:
        return weights
    if _loss_of_learnt(decisions, weights) > loss(decisions, weights) - BETTER:
        return weights
    learnt = _fit(decisions, weights)
    return learnt if loss(decisions, learnt) < loss(decisions, weights) else weights


def loss(decisions: Decisions, weights: Weights) -> float:
    """The mean log-loss: 0 for certain and right, 0.69 for a coin."""
    odds = weights.odds(decisions.features).astype(np.float64)
    signed = np.where(decisions.same, odds, -odds)
    return float(np.logaddexp(0, -signed).mean())


def _loss_of_learnt(decisions: Decisions, weights: Weights) -> float:
    """The loss on decisions that were kept back while learning, each once."""
    fold = _folds(decisions)
    parts: list[tuple[int, float]] = []
    for each in range(FOLDS):
        kept = decisions.some(fold == each)
        learnt = _fit(decisions.some(fold != each), weights)
        parts.append((len(kept), loss(kept, learnt)))
    return sum(size * lost for size, lost in parts) / len(decisions)


def _folds(decisions: Decisions) -> NDArray[np.int64]:
    """Every fold has its share of both kinds."""
    order = np.argsort(decisions.same, kind="stable")
    fold = np.empty(len(decisions), dtype=np.int64)
    fold[order] = np.arange(len(decisions)) % FOLDS
    return fold


def _fit(decisions: Decisions, weights: Weights) -> Weights:
    """Newton's method on the log-loss plus HELD times the squared way from the weights."""
    start = np.array(weights.values, dtype=np.float64)
    features = decisions.features.astype(np.float64)
    signs = np.where(decisions.same, 1.0, -1.0)

    def cost(values: NDArray[np.float64]) -> float:
        lost = np.logaddexp(0, -signs * (features @ values)).sum()
        return float(lost + HELD / 2 * ((values - start) ** 2).sum())

    now = start.copy()
    for _step in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(features @ now, -50, 50)))
        slope = features.T @ (likely - (signs > 0)) + HELD * (now - start)
        bend = (features * (likely * (1 - likely))[:, None]).T @ features
        move = np.asarray(np.linalg.solve(bend + HELD * np.eye(len(now)), slope), np.float64)
        now, better = _step_down(now, move, cost)
        if not better:
            break
    return replace(weights, values=tuple(round(float(value), 4) for value in now))


def _step_down(
    now: NDArray[np.float64],
    move: NDArray[np.float64],
    cost: Callable[[NDArray[np.float64]], float],
) -> tuple[NDArray[np.float64], bool]:
    """As much of the move as makes it cheaper: all, a half, a quarter; none when none does."""
    before = cost(now)
    for part in (1.0, 0.5, 0.25, 0.1, 0.02):
        moved = _in_bounds(now - part * move)
        if cost(moved) < before - 1e-9:
            return moved, True
    return now, False


def _in_bounds(values: NDArray[np.float64]) -> NDArray[np.float64]:
    for feature in Feature:
        if feature in FOR:
            values[feature] = max(values[feature], 0.0)
        elif feature is not Feature.ANYHOW:
            values[feature] = min(values[feature], 0.0)
    return values


def decided(pairs: Sequence[tuple[Firm, Firm, bool]], knowledge: Knowledge) -> Decisions:
    """What people decided of pairs of records, True for one and the same firm."""
    firms = [firm for left, right, _same in pairs for firm in (left, right)]
    table = knowledge.table(knowledge.read(Columns.of(firms)))
    left = np.arange(0, len(firms), 2, dtype=np.int32)
    same = np.array([same for _left, _right, same in pairs], dtype=np.bool_)
    return Decisions(compare(table, left, left + 1), same)
