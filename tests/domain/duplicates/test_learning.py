"""Weights that learn from people's decisions, and never get worse."""

from dataclasses import replace

import numpy as np
import pytest

from crm.domain.duplicates.comparing import Feature
from crm.domain.duplicates.judging import Knowledge
from crm.domain.duplicates.learning import FEWEST, FOR, Decisions, decided, learn, loss
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.duplicates.weights import DEFAULT

KUUSI = Firm("a", "Kuusen Konepaja Oy", city="Rauma", phone="02 8377001")


def decisions(size: int, seed: int = 1, wrong: float = 0.0) -> Decisions:
    """People of a town where a telephone number says nothing: an accountant answers for all."""
    chance = np.random.default_rng(seed)
    features = np.zeros((size, len(Feature)), dtype=np.float32)
    features[:, Feature.ANYHOW] = 1
    features[:, Feature.NAME_COVERED] = chance.uniform(0, 1, size)
    features[:, Feature.NAME_LETTERS] = features[:, Feature.NAME_COVERED]
    features[:, Feature.PHONE_SAME] = 1
    same = features[:, Feature.NAME_COVERED] > 0.6
    return Decisions(features, same ^ (chance.uniform(0, 1, size) < wrong))


def test_what_people_decide_makes_the_weights_better_on_decisions_not_seen():
    learnt = learn(decisions(400), DEFAULT)
    assert learnt.values[Feature.PHONE_SAME] < DEFAULT.values[Feature.PHONE_SAME] - 0.5
    unseen = decisions(400, seed=2)
    assert loss(unseen, learnt) < loss(unseen, DEFAULT) * 0.8


def test_a_few_decisions_change_nothing():
    assert learn(decisions(FEWEST - 1), DEFAULT) is DEFAULT


def test_decisions_of_one_kind_only_change_nothing():
    many = decisions(400)
    assert learn(Decisions(many.features, np.ones(400, dtype=np.bool_)), DEFAULT) is DEFAULT


def test_decisions_that_the_weights_explain_already_change_nothing():
    kept = decisions(300)
    odds = DEFAULT.odds(kept.features)
    assert learn(Decisions(kept.features, odds > np.median(odds)), DEFAULT) is not None
    sure = Decisions(kept.features * 1, odds > 0)
    learnt = learn(sure, DEFAULT)
    assert loss(sure, learnt) <= loss(sure, DEFAULT)


@pytest.mark.parametrize("seed", range(5))
def test_decisions_by_the_toss_of_a_coin_never_make_known_ones_worse(seed):
    coin = decisions(200, seed, wrong=0.5)
    learnt = learn(coin, DEFAULT)
    assert loss(coin, learnt) <= loss(coin, DEFAULT)


def test_a_weight_never_changes_its_side():
    learnt = learn(decisions(400), DEFAULT)
    for feature in Feature:
        value = learnt.values[feature]
        if feature is not Feature.ANYHOW:
            assert value >= 0 if feature in FOR else value <= 0


def test_decided_pairs_are_compared_as_the_queue_compared_them():
    twin = replace(KUUSI, key="b", name="Kuusen Konepaja")
    other = Firm("c", "Savon Sähkö Oy", city="Kuopio")
    knowledge = Knowledge.of(Columns.of([KUUSI, twin, other]))
    asked = decided([(KUUSI, twin, True), (KUUSI, other, False)], knowledge)
    assert asked.same.tolist() == [True, False]
    assert asked.features[0, Feature.PHONE_SAME] == 1
    assert asked.features[1, Feature.CITY_DIFFERS] == 1
