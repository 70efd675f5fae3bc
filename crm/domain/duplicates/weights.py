"""What each piece of evidence adds to the log-odds that two records are one firm."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.comparing import Feature, Features

SURE = 12.0  # log-odds are cut here: no sum of hints is a certainty


@dataclass(frozen=True)
class Weights:
    """values: a weight a Feature. least: the probability from which pairs are the same firm."""

    values: tuple[float, ...]
    least: float = 0.4

    def odds(self, features: Features) -> NDArray[np.float32]:
        weights = np.array(self.values, dtype=np.float32)
        # Summed feature by feature, so that the same pair has the same odds in any company.
        total: NDArray[Any] = np.zeros(len(features), dtype=np.float32)
        for at, weight in enumerate(weights):
            total += features[:, at] * weight
        clipped: NDArray[np.float32] = np.clip(total, -SURE, SURE)
        return clipped


def probability(odds: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def odds_of(likely: float) -> float:
    """The log-odds of a probability between 0 and 1."""
    likely = min(max(likely, 1e-5), 1 - 1e-5)
    return float(np.log(likely / (1 - likely)))


_BY_FEATURE = {
    Feature.ANYHOW: -1.1,
    Feature.NAME_SHARED: 0.2,
    Feature.NAME_CONFLICT: -0.2,
    Feature.NAME_EXTRA: -0.03,
    Feature.NAME_COVERED: 1.5,
    Feature.NAME_SAME: 1.1,
    Feature.NAME_LETTERS: 2.0,
    Feature.NUMBER_DIFFERS: -5.0,
    Feature.MARKER_ADDED: -3.5,
    Feature.FORM_DIFFERS: -3.6,
    Feature.FIRST_NAME_DIFFERS: -2.3,
    Feature.TOWN_DIFFERS: -2.4,
    Feature.ACRONYM: 3.0,
    Feature.NAME_COMMON: -1.6,
    Feature.NUMBER_ADDED: -0.7,
    Feature.FIRST_NAME_ADDED: -0.4,
    Feature.TOWN_ADDED: -0.1,
    Feature.ADDRESS_SAME: 3.5,
    Feature.ADDRESS_COMMON: -0.5,
    Feature.HOUSE_DIFFERS: -1.1,
    Feature.STREET_DIFFERS: -2.7,
    Feature.POSTCODE_SAME: 0.1,
    Feature.POSTCODE_DIFFERS: -3.1,
    Feature.CITY_SAME: 0.1,
    Feature.CITY_DIFFERS: -4.8,
    Feature.COUNTRY_DIFFERS: -2.7,
    Feature.PHONE_SAME: 3.4,
    Feature.PHONE_COMMON: -0.9,
    Feature.PHONE_DIFFERS: -2.2,
    Feature.SITE_SAME: 4.5,
    Feature.DOMAIN_SAME: 1.9,
    Feature.DOMAIN_COMMON: -0.8,
    Feature.DOMAIN_DIFFERS: -2.9,
    Feature.DOMAIN_IS_NAME: 3.4,
    Feature.EMAIL_SAME: 1.0,
    Feature.ID_SAME: 8.7,
    Feature.ID_NEAR: 2.2,
    Feature.ID_DIFFERS: -25.0,  # a rule, not an estimate: two valid numbers are two firms
}
DEFAULT = Weights(tuple(_BY_FEATURE[feature] for feature in Feature))
