#!/usr/bin/env python3
"""Fit the probability that a loaded English word says the opposite of its Chinese, and show how it holds.

    python benchmarks/fit_polarity.py [--cache FILE] [--rounds N] [--rows FILE] [--detail] [--write]

Right words are those of human translations (the annotated report, professional news); wrong ones are
made by putting an antonym for a word here and there.  Held out by document and, in a second table, by
the wrong word: a word that the fit has never seen must be found as well.  ``--write`` puts the two
models, fitted on all, into the package.  Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import re
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from defects import SHARED, use_cache

DATA = Path(__file__).resolve().parent.parent / "aligncheck/checks/data/confidence.json"

#: Pairs in their base form; both directions, and their inflections, are planted.
VERBS = """increase reduce|increase decrease|increase cut|grow shrink|grow decline|grow fall|rise fall|rise drop|raise lower
raise cut|expand shrink|expand contract|expand narrow|boost dampen|boost hinder|strengthen weaken|strengthen undermine
reinforce weaken|consolidate undermine|intensify ease|enhance weaken|enhance impair|improve worsen|improve degrade
upgrade downgrade|optimize worsen|accelerate delay|accelerate slow|expedite postpone|quicken slow|support oppose
support resist|assist hinder|help hinder|promote prevent|promote hinder|facilitate hamper|facilitate obstruct
encourage discourage|encourage forbid|foster stifle|advance stall|advance halt|stimulate suppress|spur curb|allow prohibit
permit ban|approve reject|adopt reject|accept refuse|endorse oppose|complete suspend|complete abandon|finish halt
complete cancel|implement suspend|implement abandon|open close|open shut|establish abolish|establish dissolve|found close
create destroy|build demolish|construct demolish|launch suspend|launch cancel|launch end|start stop|start end|begin end
protect damage|protect destroy|safeguard undermine|safeguard endanger|preserve destroy|maintain abandon|uphold violate
concentrate scatter|gather disperse|include exclude|integrate separate|integrate divide|unite divide|attract repel
attract deter|introduce withdraw|import export|enter leave|join leave|win lose|succeed fail|ensure endanger|guarantee jeopardize
solve create|resolve aggravate|overcome cause|address ignore|prevent cause|prevent encourage|curb encourage|combat support
eliminate create|reduce expand|ease aggravate|alleviate worsen|mitigate aggravate|relax tighten|simplify complicate
deepen halt|follow violate|obey defy|comply violate|observe breach|respect ignore|value neglect|emphasize ignore|meet miss
achieve miss|exceed miss|restore destroy|revive stifle|resume suspend|recover collapse|provide withhold|offer deny|grant deny
reward punish|praise criticize|welcome reject|disclose conceal|publish withhold|connect disconnect|extend shorten|extend curtail
lift impose|remove impose|stabilize destabilize|cultivate neglect|tighten loosen|enforce waive|guide mislead|serve harm
benefit harm|cooperate compete|modernize neglect|double halve|widen narrow|lengthen shorten|lead lag|outperform underperform"""
OTHERS = """growth decline|growth contraction|growth shrinkage|increase decrease|rise fall|expansion contraction|improvement
deterioration|support opposition|progress regress|success failure|strength weakness|advantage disadvantage|completion suspension
construction demolition|opening closure|protection destruction|cooperation confrontation|stability instability|security danger
confidence doubt|recovery collapse|approval rejection|acceleration slowdown|integration separation|inclusion exclusion|progress decline
strictly loosely|strict lax|rigorous lax|rigorously loosely|effectively ineffectively|actively passively|actively reluctantly
rapidly slowly|quickly slowly|swiftly slowly|steadily unsteadily|faster slower|fast slow|rapid slow|high low|higher lower|highest lowest
large small|larger smaller|greater lesser|better worse|best worst|more less|more fewer|strong weak|stronger weaker|positive negative
favorable unfavorable|stable unstable|safe unsafe|efficient inefficient|orderly disorderly|successful unsuccessful|successfully unsuccessfully
important unimportant|public private|domestic foreign|urban rural|legal illegal|fair unfair|equal unequal|sufficient insufficient
adequate inadequate|abundant scarce|long short|early late|before after|rising falling|rising declining|growing shrinking|new old
advanced backward|modern outdated|clean dirty|clean polluted|healthy unhealthy|convenient inconvenient|balanced unbalanced
necessary unnecessary|firmly loosely|resolutely half-heartedly|deeply superficially|comprehensive partial|fully partially|major minor
permanent temporary|upper lower|upstream downstream|optimistic pessimistic|transparent opaque|open closed|rich poor|wide narrow
increasingly decreasingly|always never|often rarely|all none|first last|inside outside|within beyond|above below|over under"""

_DOUBLING = {"cut", "drop", "ban", "shut", "stop", "win", "begin", "spur", "permit", "curb"} - {"curb"}
_IRREGULAR = {
    "grow": ("grew", "grown"), "shrink": ("shrank", "shrunk"), "fall": ("fell", "fallen"), "rise": ("rose", "risen"), "cut": ("cut",),
    "build": ("built",), "begin": ("began", "begun"), "leave": ("left",), "win": ("won",), "lose": ("lost",), "lead": ("led",),
    "meet": ("met",), "withdraw": ("withdrew", "withdrawn"), "mislead": ("misled",), "forbid": ("forbade", "forbidden"),
    "overcome": ("overcame", "overcome"), "withhold": ("withheld",), "shut": ("shut",), "uphold": ("upheld",),
}  # fmt: skip


def inflections(base: str) -> tuple[str, str, str, str, str]:
    """Base, third person, ing form, past, participle."""
    stem = base + base[-1] if base in _DOUBLING else base
    soft = stem[:-1] if base.endswith("e") else stem
    past = stem[:-1] + "ied" if re.search("[^aeou]y$", base) else soft + "ed"
    third = (
        base[:-1] + "ies"
        if re.search("[^aeou]y$", base)
        else base + ("es" if re.search("(s|sh|ch|x)$", base) else "s")
    )
    odd = _IRREGULAR.get(base, (past,))
    return base, third, soft + "ing", odd[0], odd[-1]


def antonyms() -> dict[str, list[str]]:
    """Surface form -> its possible opposites."""
    table: dict[str, list[str]] = defaultdict(list)
    for kind, text in (("verb", VERBS), ("other", OTHERS)):
        words = re.split(r"[\s|]+", text.strip())
        for a, b in zip(words[::2], words[1::2], strict=True):
            forms = [(a, b)] if kind == "other" else zip(inflections(a), inflections(b), strict=True)
            for x, y in forms:
                table[x].append(y)
                table[y].append(x)
    return {k: sorted(set(v) - {k}) for k, v in table.items() if set(v) - {k}}


def swapped(
    text: str, table: dict[str, list[str]], rng: random.Random, counts: Counter
) -> tuple[str, int, str] | None:
    """The text with one word replaced, where, and which; rare words first, so that many are seen."""
    spots = [m for m in re.finditer(r"[A-Za-z]+(?:-[a-z]+)?", text) if m.group().lower() in table]
    if not spots:
        return None
    choices = [(m, b) for m in spots for b in table[m.group().lower()]]
    rng.shuffle(choices)
    spot, new = min(choices, key=lambda c: counts[c[1]] + counts[c[0].group().lower()])
    counts[new] += 1
    counts[spot.group().lower()] += 1
    shown = new.capitalize() if spot.group()[0].isupper() else new
    return text[: spot.start()] + shown + text[spot.end() :], spot.start(), spot.group()


def sources() -> list[tuple[str, str, str]]:
    """(document, Chinese, English) of human translations: paragraphs of the report, news in bits."""
    rows = []
    for r in json.loads((SHARED / "data/gov2024-dev/gold.json").read_text(encoding="utf-8")):
        if r["zh_sents"] and r["en_sents"]:
            rows.append((f"gov{r['para'] // 8}", "".join(r["zh_sents"]), " ".join(r["en_sents"])))
    news = (SHARED / "data/wmt21-zhen-human.tsv").read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(news):
        size = 1 + at % 3
        pairs = [row.split("\t") for row in news[at : at + size]]
        rows.append((f"news{at // 60}", "".join(z for z, _ in pairs), " ".join(e.strip() for _, e in pairs)))
        at += size
    return rows


def candidates(rows):
    """The loaded words of pairs, as the check sees them: index of the pair, place, clash."""
    from aligncheck import engine
    from aligncheck.checks.context import Context
    from aligncheck.checks.passages import judged, word_evidence
    from aligncheck.checks.wording.reversed_meaning import clashes
    from aligncheck.config import Settings
    from aligncheck.pairing import align

    settings = Settings()
    termbase = engine.termbase_of(settings)
    context = Context(settings, termbase, lambda: engine.encoder_of("embedded"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.tsv"
        path.write_text("\n".join(f"{z}\t{e}" for _, z, e in rows) + "\n", encoding="utf-8")
        bitext = align(
            engine.load_input(path, None, settings),
            context.encoder,
            termbase=termbase,
            max_bead=settings.max_bead,
        )
    judgement, evidence = judged(bitext, context), word_evidence(context)
    for clash in clashes(judgement.passages, evidence):
        line = judgement.english.blocks[clash.english.block].place.line or 0
        yield line - 1, clash.english.start, clash


def collect(rounds: int) -> list[dict]:
    """Rows: document, right or wrong, the word, its features, and texts to look at."""
    base, table, rng, counts = sources(), antonyms(), random.Random(7), Counter()
    found = []
    for n, _, clash in candidates(base):
        found.append(row_of(base[n], clash, 0))
    planted = 0
    for _ in range(rounds):
        changed, marks = [], []
        for doc, zh, en in base:
            made = swapped(en, table, rng, counts)
            if made:
                changed.append((doc, zh, made[0]))
                marks.append(made[1:])
        planted += len(changed)
        for n, start, clash in candidates(changed):
            if start == marks[n][0]:
                found.append(row_of(changed[n], clash, 1, marks[n][1]))
    print(f"{planted} words put in, {sum(r['wrong'] for r in found)} of them loaded and without plain ground;",
          f"{sum(not r['wrong'] for r in found)} right words without plain ground")  # fmt: skip
    return found


def row_of(pair: tuple[str, str, str], clash, wrong: int, was: str = "") -> dict:
    at = clash.english.start
    return {"doc": pair[0], "wrong": wrong, "was": was, "word": clash.english_text.lower(), "form": clash.entry.form,
            "negative": clash.entry.negative, "core": clash.entry.core, "features": clash.features,
            "opposed": clash.opposed, "zh": clash.chinese_text, "en": pair[2][max(0, at - 60) : at + 60], "zhtext": pair[1]}  # fmt: skip


#: Swaps are far more common here than in real drafts; so much does one of them count beside a right word.
WEIGHT = 0.04
#: Prose of governments is what most users check; there are few natural words of it.
HOME = 2.0


#: No right word of the data stands where only a noun can, but so few wrong ones do that the fit cannot tell.
BY_HAND = {"slot": 1.5}


def fit(rows: list[dict]) -> tuple[object, list[str]]:
    """A logistic model of rows, and the names of its features in order."""
    from sklearn.linear_model import LogisticRegression

    names = sorted(rows[0]["features"])
    x = np.array([[r["features"][n] for n in names] for r in rows])
    weights = [(WEIGHT if r["wrong"] else 1.0) * (HOME if r["doc"].startswith("gov") else 1.0) for r in rows]
    return LogisticRegression(C=1, max_iter=5000).fit(
        x, [r["wrong"] for r in rows], sample_weight=weights
    ), names


def held_out(rows: list[dict], by: str, folds: int = 6) -> np.ndarray:
    """Probabilities that rows are wrong, each by a model that saw no row of the same group."""
    groups = sorted({r[by] for r in rows})
    random.Random(1).shuffle(groups)
    fold = {g: n % folds for n, g in enumerate(groups)}
    said = np.zeros(len(rows))
    for n in range(folds):
        mine = [i for i, r in enumerate(rows) if fold[r[by]] == n]
        model, names = fit([r for r in rows if fold[r[by]] != n])
        said[mine] = model.predict_proba([[rows[i]["features"][f] for f in names] for i in mine])[:, 1]
    return said


def show(rows: list[dict], by: str, detail: bool) -> None:
    """Recall, alarms and reliability of a held-out fit."""
    said = held_out(rows, by)
    wrong = np.array([r["wrong"] == 1 for r in rows])
    home = np.array([r["doc"].startswith("gov") for r in rows])
    print(f"  held out by {by}:", end=" ")
    for name, part in (("report", home), ("news", ~home)):
        found, alarms = (said[wrong & part] >= 0.5).mean(), (said[~wrong & part] >= 0.5).sum()
        print(
            f"{name}: found {found:.2f} of {(wrong & part).sum()}, alarms {alarms} of {(~wrong & part).sum()};",
            end=" ",
        )
    print()
    if not detail:
        return
    for i in np.argsort(-said):
        if not wrong[i] and said[i] > 0.4:
            print(
                f"    alarm {said[i]:.2f} {rows[i]['word']} | {rows[i]['zh'][:30]} | {rows[i]['en']} | {rows[i]['doc']}"
            )
    missed = [i for i in range(len(rows)) if wrong[i] and home[i] and said[i] < 0.5]
    random.Random(2).shuffle(missed)
    for i in missed[:40]:
        print(
            f"    missed {said[i]:.2f} {rows[i]['was']} -> {rows[i]['word']} | {rows[i]['zh'][:30]} | {rows[i]['en']}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--rows", type=Path, help="read the collected rows from here, or keep them here")
    parser.add_argument("--detail", action="store_true", help="show alarms and misses")
    parser.add_argument("--write", action="store_true", help="put the models into the package")
    args = parser.parse_args()
    if args.cache:
        use_cache(args.cache)
    if args.rows and args.rows.exists():
        rows = pickle.loads(args.rows.read_bytes())
    else:
        rows = collect(args.rounds)
        if args.rows:
            args.rows.write_bytes(pickle.dumps(rows))
    models = json.loads(DATA.read_text(encoding="utf-8"))
    for name in ("minus", "plus"):
        part = [r for r in rows if r["negative"] == (name == "minus")]
        print(f"{name}: {sum(r['wrong'] for r in part)} wrong, {sum(not r['wrong'] for r in part)} right")
        show(part, "doc", args.detail)
        show(part, "form", False)
        model, names = fit(part)
        weights = {n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)}
        models[f"polarity {name}"] = {"bias": round(float(model.intercept_[0]), 4), **weights}
        if name == "minus":
            models["polarity minus"].update(BY_HAND)
    if args.write:
        DATA.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
