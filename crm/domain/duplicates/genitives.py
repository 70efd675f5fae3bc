"""The word a Finnish genitive may be of: "Virtasen" of "Virtanen", "Havukan" of "Havukka".

Source: own knowledge of Finnish consonant gradation.
"""

from collections.abc import Iterator

SHORTEST = 5
_WEAK_STRONG = dict(
    pair.split(":") for pair in "k:kk p:pp t:tt d:t v:p ng:nk nn:nt mm:mp ll:lt rr:rt".split()
)
_ENDINGS = (
    *(("sen", "nen"), ("den", "si"), ("aan", "as"), ("een", "e"), ("oen", "oki"), ("aen", "aki")),
    *(("den", "ti"), ("ksen", "s"), ("aan", "a"), ("men", "mi"), ("ren", "ri"), ("ken", "ki")),
    *(("ven", "vi"), ("len", "li"), ("ammen", "ampi"), ("nnen", "nti")),
)


def nominatives(word: str) -> Iterator[str]:
    """Words that the folded word may be the genitive of; none when it does not end with n."""
    if len(word) < SHORTEST or word[-1] != "n" or not word.isalpha():
        return
    yield word[:-1]
    for ending, nominative in _ENDINGS:
        if word.endswith(ending):
            yield word.removesuffix(ending) + nominative
    stem, vowel = word[:-2], word[-2]
    for size in (2, 1):
        strong = _WEAK_STRONG.get(stem[-size:])
        if strong:
            yield stem[:-size] + strong + vowel
