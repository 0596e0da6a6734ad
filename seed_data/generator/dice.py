"""Seeded choices. Built on `Random.random` alone, which Python promises to keep the same."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.whole(0, len(items) - 1)]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        left = self._random.random() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return item

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        mixed = list(items)
        for place in range(len(mixed) - 1, 0, -1):
            other = self.whole(0, place)
            mixed[place], mixed[other] = mixed[other], mixed[place]
        return mixed

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """`count` different items, in random order."""
        return self.shuffled(items)[:count]

    def deal(self, counts: Mapping[Item, int]) -> list[Item]:
        """Each item exactly as often as its count says, shuffled."""
        return self.shuffled([item for item, count in counts.items() for _ in range(count)])

    def bell(self, mean: float, spread: float) -> float:
        """Roughly normal: twelve even draws need no logarithm, whose last digit differs by machine."""
        return mean + spread * (sum(self._random.random() for _ in range(12)) - 6)

    def score(self, mean: float, spread: float) -> int:
        """A whole score from 0 to 10."""
        return min(10, max(0, int(self.bell(mean, spread) + 0.5)))


def parts(total: int, shares: Sequence[float]) -> list[int]:
    """Whole parts of a total in these shares; they add up to it exactly (largest remainders first)."""
    exact = [total * share / sum(shares) for share in shares]
    whole = [int(part) for part in exact]
    order = sorted(range(len(shares)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[: total - sum(whole)]:
        whole[place] += 1
    return whole
