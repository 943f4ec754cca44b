"""Which titles of two lists are two wordings of one thing."""

from difflib import SequenceMatcher

# Past this only equal titles are paired: comparing all with all would take too long.
MOST_COMPARISONS = 2_500


def most_alike(ones: list[str], others: list[str], *, least: float) -> dict[int, int]:
    """Pair places of two lists: equal titles first, then the most alike of `least` or more.

    Of pairs equally alike, the one that stands at the nearest places wins.
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
    """Return how alike two titles are, from 0 to 1, spaces aside."""
    return SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", "")).ratio()
