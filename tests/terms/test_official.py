"""The built-in glossary on pairs of our own: right ones are left in peace, wrong ones are seen."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from aligncheck.checks.context import Context
from aligncheck.checks.terms.terminology import run
from aligncheck.config import Settings
from aligncheck.model import Hit, Severity
from aligncheck.terms import Termbase, load_termbase
from aligncheck.terms.english import find_form, make_form, tokenize
from aligncheck.terms.loose import find_loose
from aligncheck.terms.patterns import number_of, ordinals
from aligncheck.terms.scope import ScopeError, parse_scope

from .conftest import CASES, paired

CHANGES = Path(__file__).parents[2] / "glossary" / "sources" / "changes.tsv"


def cases(name: str) -> list[tuple[str, str, bool]]:
    """(Chinese, English, whether it is right)."""
    found, zh = [], ""
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line[:2] in ("+ ", "- "):
            found.append((zh, line[2:], line[0] == "+"))
        elif line and not line.startswith("#"):
            zh = line
    return found


@pytest.fixture(scope="module")
def official() -> Termbase:
    """The layers that are in force by default."""
    return load_termbase([])


def heard(zh: str, en: str, termbase: Termbase) -> list[Hit]:
    """The findings that a reader would see."""
    hits = run(paired(zh, en), Context(Settings(), termbase))
    return [h for h in hits if h.confidence >= 0.5 and h.severity is not Severity.NEUTRAL]


@pytest.mark.parametrize(
    ("name", "silent", "seen", "graves"),
    [("official.txt", 0.99, 0.97, 0), ("held-out.txt", 0.95, 0.9, 1), ("fresh.txt", 0.98, 0.94, 0)],
)
def test_right_pairs_are_silent_and_wrong_ones_seen(
    name: str, silent: float, seen: float, graves: int, official: Termbase
) -> None:
    good: Counter[bool] = Counter()
    every: Counter[bool] = Counter()
    grave = 0
    for zh, en, right in cases(name):
        hits = heard(zh, en, official)
        every[right] += 1
        good[right] += bool(hits) is not right
        grave += right and any(h.severity is Severity.MAJOR for h in hits)
    assert good[True] >= silent * every[True]
    assert good[False] >= seen * every[False]
    assert grave <= graves
    assert min(every.values()) >= 100


@pytest.mark.parametrize(
    ("name", "own", "alarms", "misses"),
    [
        ("fresh-four.txt", "", 0, 4),
        ("own-four.txt", "own-four", 0, 0),
        ("fresh-five.txt", "", 0, 4),
        ("own-five.txt", "own-five", 2, 0),
        ("fresh-six.txt", "", 0, 1),
        ("own-six.txt", "own-six", 1, 0),
    ],
)
def test_fresh_pairs(name: str, own: str, alarms: int, misses: int, official: Termbase) -> None:
    termbase = load_termbase(sorted((CASES / own).iterdir())) if own else official
    wrong = [(en, right) for zh, en, right in cases(name) if bool(heard(zh, en, termbase)) is right]
    assert sum(right for _, right in wrong) <= alarms, wrong
    assert sum(not right for _, right in wrong) <= misses, wrong


@pytest.mark.parametrize(
    ("zh", "en", "right"),
    [
        ("通州区新建学校三所。", "Three schools were built in Tongzhou.", True),
        ("通州区新建学校三所。", "Three schools were built in Tongzhou County.", False),
        ("国务院总理出席会议。", "The Premier of the State Council attended the meeting.", True),
        ("国务院总理出席会议。", "The Vice Premier of the State Council attended the meeting.", False),
        ("省委书记出席会议。", "The Party secretary of Fujian attended the meeting.", True),
        ("省委书记出席会议。", "The municipal Party secretary attended the meeting.", False),
    ],
)
def test_what_stands_beside_a_name(zh: str, en: str, right: bool, official: Termbase) -> None:
    assert bool(heard(zh, en, official)) is not right


def test_the_layers_hold_what_their_sources_change(official: Termbase) -> None:
    rows = list(csv.DictReader(CHANGES.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert rows
    for row in rows:
        concept = next(c for c in official.concepts if row["zh"] in {t.text for t in c.chinese})
        english = {t.text for t in concept.english}
        assert set(filter(None, row["add admitted"].split("|"))) <= english
        for change in filter(None, row["what to change"].split("; ")):
            what, _, value = change.partition(": ")
            assert (value not in english) if what == "remove" else getattr(concept, what) == value, row


@pytest.mark.parametrize(
    ("zh", "terms"),
    [
        ("推进物联网", ["物联网"]),
        ("标准化建设", []),
        ("国家标准化管理", []),
        ("企业法人代表", []),
        ("执法人员", []),
        ("外交部门", []),
        ("外交部发言人", ["外交部"]),
        ("美国商务部", []),
        ("中国商务部", ["商务部"]),
        ("党的二十届三中全会精神", ["党的二十届三中全会"]),
        ("“十六五”时期", ["“十六五”时期"]),
        ("四大名著", []),
    ],
)
def test_a_key_stands_where_it_is_one(zh: str, terms: list[str], official: Termbase) -> None:
    named = {"place", "institution", "event", "innovation", "law", "programme", "indicator"}
    found = [m.text for m in official.find_chinese(zh) if any(c.subject in named for c in m.concepts)]
    assert found == terms


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("Party Central Committee", "the Central Committee of the Party", True),
        ("waste sorting", "residents sort their waste", True),
        ("waste sorting", "the sorting of household waste", False),
        ("rural revitalization", "revitalising the rural areas", True),
        ("urban renewal", "renew urban housing", False),
        ("financial technology", "technology finance", False),
        ("Ministry of Finance", "the Finance Ministry", True),
        ("rule of law", "law of rule", False),
        ("green development", "developing green industries", False),
        ("carbon peaking and carbon neutrality", "carbon neutrality and carbon peaking", True),
        ("opening up of the service sector", "opening the service sector up", True),
        ("water quality monitoring", "in charge of monitoring water quality", True),
        ("water quality monitoring", "the monitoring water quality", False),
        ("water quality monitoring", "monitoring water quality standards", False),
        ("designated hospital", "a hospital designated by the insurer", True),
        ("financial services", "services financial", False),
    ],
)
def test_another_build_of_a_term(form: str, text: str, found: bool) -> None:
    assert bool(find_loose(tokenize(text), make_form(form))) is found


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("innovation consortia", "an innovation consortium"),
        ("innovation consortia", "innovation consortiums"),
        ("labor center", "labour centres"),
        ("statistical communiqué", "the statistical communique"),
        ("modernization program", "modernisation programmes"),
        ("20th Congress", "the Twentieth Congress"),
        ("CPC {place} Municipal Committee", "the CPC Inner Hill Municipal Committee"),
        ("CPC {place} Municipal Committee", "the CPC Municipal Committee"),
    ],
)
def test_one_term_in_two_spellings(form: str, text: str) -> None:
    assert find_form(tokenize(text), make_form(form))


def test_numbers_and_scopes() -> None:
    assert [number_of(n) for n in ("二十", "十四", "三", "二十一", "7")] == [20, 14, 3, 21, 7]
    assert ordinals(20) == ("20th", "twentieth")
    assert ordinals(13)[0] == "13th"
    assert ordinals(22)[1] == "twenty-second"
    scope = parse_scope("place: 北京; not in: 政治局面, 政治局势; laws")
    assert scope.places == ("北京",)
    assert scope.laws
    assert not scope.fits("政治局面", 0, 3)
    assert scope.fits("政治局会议", 0, 3)
    with pytest.raises(ScopeError):
        parse_scope("only on Mondays")


def test_a_layer_can_be_named(official: Termbase) -> None:
    national = load_termbase([Path("national")])
    assert national.official
    assert len(national) < len(official)
    assert {c.id[:3] for c in national.concepts} == {"cn-"}
