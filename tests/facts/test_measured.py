"""The measured cases come out as often as the room promises, kind by kind."""

from __future__ import annotations

from collections import defaultdict

import pytest

from .measured import Case, measured_cases
from .pairs import findings_of_pair

#: The least share of wrong pairs seen and of right pairs that stay silent, by group.
LEAST: dict[str, tuple[float, float]] = {
    "bodies": (0.97, 0.98),
    "dates": (0.97, 0.97),
    "directions": (0.97, 0.97),
    "exchanged": (0.97, 0.98),
    "fields-directions": (0.97, 0.98),
    "fields-exchanged": (0.97, 0.98),
    "fields-others": (0.97, 0.98),
    "fields-persons": (0.97, 0.98),
    "forms": (0.97, 0.97),
    "ordinals": (0.95, 0.97),
    "periods": (0.97, 0.97),
    "persons": (0.93, 0.98),
    "places": (0.95, 0.97),
    "ranges": (0.97, 0.97),
    "relations": (0.97, 0.97),
    "shares": (0.97, 0.97),
    "signs": (0.95, 0.97),
    "traditional": (0.97, 0.97),
    "units": (0.95, 0.97),
}


def _by_group() -> dict[str, list[Case]]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in measured_cases():
        groups[case.group].append(case)
    return groups


@pytest.mark.parametrize("group", sorted(LEAST))
def test_a_group_of_cases(group: str) -> None:
    cases = _by_group()[group]
    missed, false = [], []
    for case in cases:
        found = findings_of_pair(case.zh, case.en, apart="\n" in case.zh)
        if case.category:
            if not any(c in case.category.split("|") for c, _ in found):
                missed.append(case)
        elif found:
            false.append((case, [hit.message.en for _, hit in found]))
    wrong = sum(bool(c.category) for c in cases)
    seen, silent = LEAST[group]
    assert len(missed) <= (1 - seen) * wrong, missed
    assert len(false) <= (1 - silent) * (len(cases) - wrong), false


def test_every_kind_of_fact_has_forty_wrong_and_forty_right_pairs() -> None:
    for group, cases in _by_group().items():
        wrong = sum(bool(c.category) for c in cases)
        assert group in ("clean", "fields-silent") or (wrong >= 40 and len(cases) - wrong >= 40), group
