"""One pair judged, with its reasons: the same sum as in a list of a million."""

from dataclasses import dataclass

import numpy as np

from crm.domain.duplicates.clues import CLUE_OF, Clue
from crm.domain.duplicates.comparing import Features, Table, compare
from crm.domain.duplicates.places import NOWHERE, Places
from crm.domain.duplicates.preparing import Prepared, prepare
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.duplicates.statistics import Lexicon, Statistics, measure
from crm.domain.duplicates.vocabulary import Vocabulary
from crm.domain.duplicates.weights import DEFAULT, Weights, probability

LEAST_SAID = 0.05  # a clue of less is not worth a line
_FIELD = {
    Clue.PHONE: ("phone",),
    Clue.EMAIL: ("email",),
    Clue.SITE: ("website",),
    Clue.SITE_IS_NAME: ("website", "name"),
    Clue.ADDRESS: ("street",),
    Clue.HOUSE: ("street",),
    Clue.STREET: ("street",),
    Clue.POSTCODE: ("postcode",),
    Clue.CITY: ("city",),
    Clue.COUNTRY: ("country",),
    Clue.BUSINESS_ID: ("business_id",),
    Clue.BUSINESS_ID_NEAR: ("business_id",),
}


@dataclass(frozen=True)
class Reason:
    """clue with its weight in log-odds: above zero for one firm, below for two. left and right
    are what the records say there."""

    clue: Clue
    weight: float
    left: str = ""
    right: str = ""


@dataclass(frozen=True)
class Judgement:
    """reasons: the heaviest first."""

    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Knowledge:
    """How common things are in a list, kept to judge single pairs as the list itself was."""

    vocabulary: Vocabulary
    statistics: Statistics
    lexicon: Lexicon
    places: Places = NOWHERE

    @classmethod
    def of(cls, columns: Columns, places: Places = NOWHERE) -> "Knowledge":
        vocabulary = Vocabulary()
        return cls.measured(prepare(columns, vocabulary, places), vocabulary, places)

    @classmethod
    def measured(
        cls, prepared: Prepared, vocabulary: Vocabulary, places: Places = NOWHERE
    ) -> "Knowledge":
        statistics = measure(prepared, vocabulary)
        return cls(vocabulary, statistics, Lexicon(statistics, vocabulary), places)

    def read(self, columns: Columns) -> Prepared:
        """Records prepared with this knowledge; their new words are taken in."""
        prepared = prepare(columns, self.vocabulary, self.places)
        self.lexicon.grow()
        return prepared

    def table(self, prepared: Prepared) -> Table:
        return Table.of(prepared, self.statistics, self.lexicon)


def explain(left: Firm, right: Firm, knowledge: Knowledge, weights: Weights = DEFAULT) -> Judgement:
    """How likely two records are one firm and why, as find_duplicates sees it in their list."""
    table = knowledge.table(knowledge.read(Columns.of([left, right])))
    zero, one = np.zeros(1, dtype=np.int32), np.ones(1, dtype=np.int32)
    return judge(left, right, compare(table, zero, one), weights)


def judge(left: Firm, right: Firm, features: Features, weights: Weights) -> Judgement:
    """features: one row, of this pair."""
    likely = float(probability(weights.odds(features))[0])
    told = (
        Reason(each.clue, each.weight, _text(left, each.clue, 0), _text(right, each.clue, -1))
        for each in reasons_of(features, weights)
    )
    return Judgement(likely, tuple(told))


def reasons_of(features: Features, weights: Weights) -> tuple[Reason, ...]:
    """The clues of one row of features, the heaviest first, without texts."""
    sums: dict[Clue, float] = {}
    for feature, clue in CLUE_OF.items():
        said = float(features[0, feature]) * weights.values[feature]
        sums[clue] = sums.get(clue, 0.0) + said
    told = [(clue, weight) for clue, weight in sums.items() if abs(weight) >= LEAST_SAID]
    told.sort(key=lambda each: (-abs(each[1]), each[0]))
    return tuple(Reason(clue, round(weight, 3)) for clue, weight in told)


def _text(firm: Firm, clue: Clue, side: int) -> str:
    return str(getattr(firm, _FIELD.get(clue, ("name",))[side]))
