"""Fitting the judge: a logistic regression over the features of answers, to the exact optimum.

The optimum of a regularised logistic regression is unique. It is computed so precisely (`PRECISION`) that the whole
numbers it is rounded to do not depend on the machine, its number of cores or the order in which it adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import LinearOperator, cg

from sprintkit.charter.judge.features import feature_blocks
from tests.judge.answers import Answer

Feature = tuple[str, str]
"""Family and name."""
Array = np.ndarray[Any, np.dtype[np.float64]]

PRECISION: Final = 1e-9
"""Largest distance of any weight from the optimum. `round_weights` allows no weight that close to a boundary."""
REGULARISATION: Final = 8.0
MIN_ANSWERS: Final = 2
"""In how many answers a feature must occur to be learned."""


class Vocabulary:
    """The features of some answers, each with its column."""

    def __init__(self, answers: Sequence[Answer], names: Sequence[dict[Feature, float]]) -> None:
        counts: dict[Feature, int] = {}
        for answer, features in zip(answers, names, strict=True):
            for name in features:
                counts[name] = counts.get(name, 0) + answer.weight
        self.names = sorted(name for name, count in counts.items() if count >= MIN_ANSWERS)
        self._columns = {name: column for column, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[dict[Feature, float]]) -> csr_matrix:
        """One row of values for each answer, and a last column of ones."""
        columns, values, ends = [], [], [0]
        for features in rows:
            for name in sorted(features):
                if name in self._columns:
                    columns.append(self._columns[name])
                    values.append(features[name])
            columns.append(len(self.names))
            values.append(1.0)
            ends.append(len(columns))
        return csr_matrix((values, columns, ends), shape=(len(rows), len(self.names) + 1))


def features_of(answer: Answer) -> dict[Feature, float]:
    """The features of an answer with their values."""
    return {
        (block.family, name): block.value
        for block in feature_blocks(answer.topic, answer.text)
        for name in block.names
    }


def fit(matrix: csr_matrix, targets: Array, costs: Array) -> Array:
    """The weights w that minimise ½|w|² + Σ cost · log(1 + exp(−target · xw)), targets being 1 or −1.

    Newton's method with conjugate gradients. The Hessian is at least the identity, so the length of the gradient
    bounds the distance from the optimum.
    """
    weights = np.zeros(matrix.shape[1])
    transposed = matrix.T.tocsr()

    def objective(candidate: Array) -> float:
        margins = targets * (matrix @ candidate)
        return float(0.5 * (candidate**2).sum() + (costs * np.logaddexp(0, -margins)).sum())

    for _ in range(100):
        share = 1 / (1 + np.exp(targets * (matrix @ weights)))
        gradient = weights - transposed @ (costs * targets * share)
        length = float(np.sqrt((gradient**2).sum()))
        if length < PRECISION:
            return weights
        curvature = costs * share * (1 - share)

        def apply_hessian(vector: Array, curvature: Array = curvature) -> Array:
            return vector.ravel() + transposed @ (curvature * (matrix @ vector.ravel()))

        hessian = LinearOperator((len(weights), len(weights)), matvec=apply_hessian, dtype=np.float64)
        step, _ = cg(hessian, -gradient, rtol=min(0.1, length) if length > 1e-4 else 1e-8, maxiter=2000)
        size, before = 1.0, objective(weights)
        while objective(weights + size * step) > before + 1e-9 * abs(before) and size > 1e-6:
            size /= 2
        weights = weights + size * step
    raise RuntimeError(f"the weights are not exact: the gradient is {length:.1e} long")


def round_weights(weights: Array, smallest: float, scale: int) -> list[int]:
    """The weights times `scale` as whole numbers; weights smaller than `smallest` become 0.

    Raises RuntimeError if a weight is so close to a boundary that another machine might round it differently.
    """
    sizes = np.abs(weights)
    margin = min(
        float(np.min(np.abs(sizes * scale % 1 - 0.5))) / scale, float(np.min(np.abs(sizes - smallest)))
    )
    if margin < PRECISION:
        raise RuntimeError("a weight lies on a boundary; add or reword an answer")
    return [round(weight * scale) if abs(weight) >= smallest else 0 for weight in weights.tolist()]
