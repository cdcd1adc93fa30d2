"""Keeps track of what is in stock."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Iterable


@dataclass(frozen=True)
class Movement:
    sku: str
    amount: int
    reason: str = "sale"


class OutOfStock(Exception):
    """More was taken than there is."""


class Inventory:
    def __init__(self) -> None:
        self._stock: dict[str, int] = defaultdict(int)

    def apply(self, movements: Iterable[Movement]) -> None:
        for movement in movements:
            left = self._stock[movement.sku] + movement.amount
            if left < 0:
                raise OutOfStock(f"{movement.sku}: {-left} too many ({movement.reason})")
            self._stock[movement.sku] = left

    def low(self, threshold: int = 5) -> list[str]:
        return sorted(sku for sku, amount in self._stock.items() if amount < threshold)
