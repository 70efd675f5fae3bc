"""Which localities and postcodes belong to one municipality: lists mix the two."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Places:
    """Keys of towns (fields.city_key) by the key of a locality and by postcode."""

    names: dict[str, str] = field(default_factory=dict)
    postcodes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Iterable[str], str]]) -> "Places":
        """From (postcode, names of the locality, town), all as keys. A locality of two towns is
        left to its postcode."""
        rows = list(rows)
        names = {town: town for _postcode, _names, town in rows}
        postcodes: dict[str, str] = {}
        unclear = set()
        for postcode, localities, town in rows:
            postcodes[postcode] = town
            for name in localities:
                if names.setdefault(name, town) != town:
                    unclear.add(name)
        unclear -= {town for _postcode, _names, town in rows}
        clear = {name: town for name, town in names.items() if name not in unclear}
        return cls(clear, postcodes)

    def town(self, city: str, postcode: str) -> str:
        """The town of a record: of its city, else of its postcode, else the city as it is."""
        return self.names.get(city) or self.postcodes.get(postcode, city)


NOWHERE = Places()
