"""Pair titles of two lists that are two wordings of the same item."""

from difflib import SequenceMatcher

# With more pairs than this, only equal titles are paired: comparing all would take too long.
MOST_COMPARISONS = 2_500


def most_alike(ones: list[str], others: list[str], *, least: float) -> dict[int, int]:
    """Return pairs of indexes of two lists: equal titles, then the most similar ones.

    A pair of similar titles has a likeness of at least `least`. Of two equally similar pairs, the
    one with the nearer indexes is taken first.
    """
    places = {title: j for j, title in enumerate(others)}
    pairs = {i: places[title] for i, title in enumerate(ones) if title in places}
    taken = set(pairs.values())
    if len(ones) * len(others) > MOST_COMPARISONS:
        return pairs
    scores = [
        (likeness(ones[i], others[j]), -abs(i - j), i, j)
        for i in range(len(ones))
        for j in range(len(others))
        if i not in pairs and j not in taken
    ]
    for score, _nearness, i, j in sorted(scores, reverse=True):
        if score >= least and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def likeness(one: str, other: str) -> float:
    """Return how similar two titles are without spaces, from 0 to 1."""
    return SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", "")).ratio()
