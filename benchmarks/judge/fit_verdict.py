"""Fit how sure a finding of meaning is: what the checks say, weighed with the word model's doubts.

    python fit_verdict.py collect ../../../shared/data HITS.pkl [MODEL.npz]    check all texts, keep hits, features, truth
    python fit_verdict.py fit HITS.pkl [OUT.json]                             fit, print the reliability, write weights

``collect`` looks at the documents of our own that the model was not taught on (fold 1 of ``folds.py``), so that the doubts it
gives are as they are on new documents, and at texts that it knows, which count for little.  ``fit`` prints figures by cross-validation over documents: no document's
findings are judged by weights that saw it.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import pickle
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from data import documents, drafts_of
from folds import fold_of

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]


def tsv(pairs: list[tuple[str, str]], folder: Path, name: str) -> Path:
    path = folder / f"{name}.tsv"
    path.write_text("".join(f"{' '.join(z.split())}\t{' '.join(e.split())}\n" for z, e in pairs), "utf-8")
    return path


def lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def touches(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    a, b = span[0], max(span[1], span[0] + 1)
    return any(x < b and a < max(y, x + 1) for x, y in others)


class Truth:
    """What is wrong in a set of texts: places by side and line, each with the categories that it may be called."""

    def __init__(self, group: str, doc: str) -> None:
        self.group, self.doc = group, doc
        self.places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        self.docs: dict[int, str] = {}
        #: Places where a reviser has said that nothing is wrong.
        self.sound: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)

    def right(self, hit: Row) -> bool:
        """Whether a hit touches a place where something is wrong."""
        return _within(hit, self.places)

    def unknown(self, hit: Row) -> bool:
        """Whether nobody has said that what a hit marks in a published text is right, or wrong."""
        return self.group == "wild" and not self.right(hit) and not _within(hit, self.sound)


def _within(hit: Row, places: dict[tuple[str, int], list[tuple[int, int]]]) -> bool:
    return any(touches((p[1], p[2]), places[side, p[0]]) for side in ("source", "target") for p in hit[side])


def sets(data: Path, folder: Path) -> Iterator[tuple[list[Path], Truth]]:
    """Files to check, each with its truth."""
    for name, zh, en, slips in documents():
        if fold_of("written", name) == 1:
            yield from written(name, zh, en, slips, folder)
    for doc in ("g", "h"):
        home = data / f"docs/doc-{doc}"
        yield [home / "zh.txt", home / "en_clean.txt"], Truth("clean", doc)
        yield [home / "zh.txt", home / "en_draft.txt"], planted(Truth("draft", doc), home, "en_draft.txt")
    for seed in (0, 101, 102, 103):
        home = folder / f"seed{seed}"
        how = ["--clean"] if not seed else ["--seed", str(seed)]
        script = data.parent / "bench/plant_defects.py"
        subprocess.run([sys.executable, script, data / "gov2024-dev/gold.json", home, *how], check=True)
        yield [home / "zh.txt", home / "en.txt"], planted(Truth("report", f"seed{seed}"), home, "en.txt")
    verdicts: dict[str, list[Row]] = defaultdict(list)
    for v in lines(data / "wild/verdicts.jsonl"):
        verdicts[v["doc"]].append(v)
    for m in json.loads((data / "wild/manifest.json").read_text("utf-8")):
        if fold_of("wild", m["id"]) == 1:
            truth = Truth("wild", m["id"])
            for v in verdicts[m["id"]]:
                for side in ("source", "target"):
                    for p in v[side]:
                        known = truth.sound if v["verdict"] == "false" else truth.places
                        known[side, p[0]].append((p[1], max(p[2], p[1] + 1)))
            yield [data / "wild" / f for f in m["files"]], truth
    news = (data / "wmt21-zhen-human.tsv").read_text("utf-8").splitlines()
    quiet = Truth("news", "")
    rows = [tuple(r.split("\t")[:2]) for n, r in enumerate(news) if fold_of("wmt21", f"w{n // 25}") == 1][
        :500
    ]
    quiet.docs = {n + 1: f"w{n // 25}" for n in range(len(rows))}
    yield [tsv(rows, folder, "news")], quiet
    raters = Truth("raters", "")
    pairs = []
    for r in lines(data / "wmt23-spans-dev.jsonl"):
        if fold_of("mqm", r["doc"]) == 1 and len(pairs) < 600:
            pairs.append((r["source"], r["target"]))
            raters.docs[len(pairs)] = r["doc"]
            for s in r["spans"]:
                if s["category"].startswith(
                    ("Accuracy", "Terminology", "Locale", "Non-trans", "Source lang")
                ):
                    raters.places[s["side"], len(pairs)].append((s["start"], s["end"]))
    yield [tsv(pairs, folder, "raters")], raters


def written(
    name: str, zh: list[str], en: list[str], slips: list[Row], folder: Path
) -> Iterator[tuple[list[Path], Truth]]:
    """A document of our own as it is, and as drafts, each with its share of the slips: mostly right, as drafts are."""
    chinese = folder / f"{name}.zh.txt"
    chinese.write_text("\n".join(zh), "utf-8")
    for draft, (lines_, mine) in enumerate(itertools.chain([(list(en), [])], drafts_of(en, slips))):
        truth = Truth("written" if draft else "as written", name)
        for s in mine:
            for side, text, words in (("source", zh, s["zh"]), ("target", lines_, s["bad"])):
                at = text[s["line"] - 1].find(words) if words else -1
                if at >= 0:
                    truth.places[side, s["line"]].append((max(0, at - 2), at + len(words) + 2))
        path = folder / f"{name}.{draft}.en.txt"
        path.write_text("\n".join(lines_), "utf-8")
        yield [chinese, path], truth


def planted(truth: Truth, home: Path, english: str) -> Truth:
    """The places of what was planted in a document, and of what a reviser raised."""
    zh, en = ((home / name).read_text("utf-8").split("\n") for name in ("zh.txt", english))
    known = json.loads((home / "truth.json").read_text("utf-8"))
    for d in (*known["planted"], *known["genuine"]):
        for side, text, numbers, words in (
            ("source", zh, d.get("zh_lines") or [], d.get("zh_text") or ""),
            ("target", en, d.get("en_lines") or [], d.get("en_text") or ""),
        ):
            for n in numbers:
                if n > len(text):
                    continue
                at = text[n - 1].find(words) if words else -1
                if at >= 0:
                    truth.places[side, n].append((at, at + len(words)))
                elif d in known["planted"]:
                    truth.places[side, n].append((0, len(text[n - 1])))
    return truth


def collect(data: Path, out: Path, model: Path | None) -> None:
    """Check all texts with a model (the package's own without one), and keep what the checks of meaning say."""
    from aligncheck import engine, running
    from aligncheck.checks.context import Context
    from aligncheck.config import Settings
    from aligncheck.encode.contextual import ContextualEncoder, embedded
    from aligncheck.judge import verdict
    from aligncheck.judge.reading import read_beads, with_carried
    from aligncheck.pairing import terms_of

    found: list[Row] = []
    kept: list[Row] = []
    documents: dict[str, Any] = {}

    def weighed(self: verdict.Index, hits: Any) -> Any:
        hits = list(hits)
        for check, hit in hits:
            if check.name not in verdict.OF_MEANING:
                continue
            sides = {}
            for side, refs in (("zh", hit.source), ("en", hit.target)):
                document = documents[side]
                rows = []
                for ref in refs:
                    block = document.blocks[ref.block]
                    rows.append((block.locate(ref.start)[0] or block.place.line or 0, ref.start, ref.end))
                sides[side] = rows
            found.append(
                {
                    "check": check.name,
                    "features": verdict.describe(hit.source, hit.target, hit.confidence, self),
                    "said": hit.confidence,
                    "message": hit.message.en,
                    "source": sides[documents["source"].language],
                    "target": sides[documents["target"].language],
                }
            )
        return hits

    verdict.Index.weighed = weighed  # type: ignore[method-assign]
    settings, encoder = Settings(), ContextualEncoder(model.read_bytes()) if model else embedded()
    with tempfile.TemporaryDirectory() as name:
        for files, truth in sets(data, Path(name)):
            found.clear()
            what = engine.load_input(files[0], files[1] if len(files) > 1 else None, settings)
            context = Context(settings, engine.termbase_of(settings), lambda: engine.encoder_of("embedded"))
            aligned = engine._aligned(what.chinese_first, context.encoder, settings, context.termbase, None)
            for side, document in (("source", what.source), ("target", what.target)):
                documents[side] = documents[document.language] = document
            reads = read_beads(aligned, encoder, terms_of(context.termbase, aligned.source))
            context.reads = with_carried(aligned, reads, encoder)
            pair = engine.rated(aligned, context)
            running.checked(pair.turned() if pair.source is what.target else pair, context)
            for row in found:
                line = (row["source"] or row["target"])[0][0]
                row["group"] = truth.group
                row["doc"] = truth.docs.get(line, truth.doc)
                row["right"] = truth.right(row)
                if truth.unknown(row):
                    row["group"] = "unknown"
            kept += found
            n = sum(r["right"] for r in found)
            print(truth.group, truth.doc, len(found), "hits", n, "right", flush=True)
    out.write_bytes(pickle.dumps(kept))


#: What a text of a group weighs.  Only the documents of our own ("written" with slips, "as written" without) are new to the
#: word model; it was taught on the others, doubts less in them, and they only steady the weights.  The drafts of a document
#: have some five slips a line between them: weighed like this, half a slip, as a poor draft has.  They repeat its false
#: alarms, which count once, in "as written".  What a published translation is told that nobody has judged is right about
#: half the time.
MIXTURE = {
    "written": 0.1,
    "as written": 1.0,
    "clean": 0.2,
    "draft": 0.3,
    "report": 0.05,
    "wild": 0.3,
    "unknown": 0.1,
    "news": 0.1,
    "raters": 1.0,
}
#: Texts whose marks are too wide to learn from (raters' phrases): they are told, not taught.  Those of the planted
#: report are wide too, and it is the text that the rules were made with: it weighs little.
ONLY_TOLD = ("raters",)
#: How doubtful the other beads are is no feature: it tells a draft with many slips from a right translation, and so what
#: the cases were made of.
FEATURES = (
    "said", "missing most", "missing mean", "loose zh mean", "loose zh most", "wrong zh most", "wrong en most",
    "wrong en mean", "added most", "added mean", "loose en mean", "partner en most", "partner zh most", "alone",
    "bead", "words zh", "words en", "around zh", "around en", "linked zh", "linked en",
    "rival zh", "rival en", "ratio", "unmet",
    "short", "short missing", "short wrong zh", "short wrong en", "short added",
)  # fmt: skip
#: What kind of fault a check tells.  All checks are fitted together: the weights of each are those of all, and what its
#: kind and it itself differ by, which is held back like them, so that a check of few cases is judged as its fellows are.
KINDS = {
    name: kind
    for kind, names in {
        "wrong": """negation reversed-meaning another-statement look-alike-term small-words other-meaning
        wrong-sentence""",
        "missing": "lost-qualifier missing-words missing-item omission",
        "added": "unbacked-word added-words addition",
    }.items()
    for name in names.split()
}
#: Texts without known errors, in which an alarm is taken for false, and what one counts.
QUIET = {"as written": 1.0, "wild": 0.3, "clean": 0.3, "unknown": 0.1}
#: So many false alarms, counted like that, are borne; what is as sure as the next one is told as 0.5, whatever the check.
#: (A bound for each check, or one let out for checks of few alarms, tells less that is right at as many alarms.)
BORNE = 48
PARTS = 5
#: The weights are held back so strongly (scikit-learn's C), and what kinds and checks differ by more strongly by these
#: factors; that checks start from different odds is hardly held back.
HELD_BACK = 0.5
BY_KIND, BY_CHECK, START = 0.7, 1.0, 20.0


class Cases:
    """All hits: features (n, f), whether right (n,), weights (n,), the part each is held out with (n,)."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.y = np.array([bool(r["right"]) for r in rows])
        self.group = np.array([r["group"] for r in rows])
        self.check = np.array([r["check"] for r in rows])
        self.weights = np.array([MIXTURE[g] for g in self.group])
        # A clean document and its draft, a pair and its slip, and all seeds of the report, are one text.
        one = {"clean": "draft", "as written": "written", "unknown": "wild"}
        text = [one.get(r["group"], r["group"]) + ("" if r["group"] == "report" else r["doc"]) for r in rows]
        self.part = np.array([int(hashlib.md5(t.encode()).hexdigest(), 16) % PARTS for t in text])
        self.taught = ~np.isin(self.group, ONLY_TOLD)
        features = np.array([[r["features"].get(n, 0.0) for n in FEATURES] for r in rows])
        self._middle, self._scale = features[self.taught].mean(0), features[self.taught].std(0) + 0.05
        self.checks, self.kinds = sorted(set(self.check)), sorted(set(KINDS.values()))
        kind = np.array([KINDS[name] for name in self.check])
        self._spread = [
            (1.0, np.ones(len(rows), bool)),
            *((BY_KIND, kind == name) for name in self.kinds),
            *((BY_CHECK, self.check == name) for name in self.checks),
        ]
        plain = (features - self._middle) / self._scale
        starts = START * np.array([self.check == name for name in self.checks]).T
        self.x = np.hstack([*(share * own[:, None] * plain for share, own in self._spread), starts])

    def fitted(self, inside: Any) -> Any:
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=HELD_BACK, max_iter=3000)
        inside = inside & self.taught
        return model.fit(self.x[inside], self.y[inside], self.weights[inside])

    def held_out(self) -> Any:
        """The odds (n,) of each case by weights that have not seen its text."""
        odds = np.zeros(len(self.y))
        for k in range(PARTS):
            test = self.part == k
            odds[test] = self.fitted(~test).decision_function(self.x[test])
        return odds

    def weights_of(self) -> dict[str, dict[str, float]]:
        """The weights of each check by the names of its features, with its start as the bias."""
        model = self.fitted(np.ones(len(self.y), bool))
        size = len(FEATURES)
        parts = model.coef_[0][: size * len(self._spread)].reshape(-1, size)
        starts = model.coef_[0][size * len(self._spread) :]
        found = {}
        for number, check in enumerate(self.checks):
            kind = 1 + self.kinds.index(KINDS[check])
            own = 1 + len(self.kinds) + number
            values = (parts[0] + BY_KIND * parts[kind] + BY_CHECK * parts[own]) / self._scale
            found[check] = dict(zip(FEATURES, values.tolist(), strict=True))
            bias = model.intercept_[0] + START * starts[number] - values @ self._middle
            found[check]["bias"] = float(bias)
        return found


def middle(odds: Any, counts: Any) -> float:
    """The odds that are told as 0.5: ``odds`` (n,) of the false alarms in quiet texts, ``counts`` (n,) what each counts."""
    order = np.argsort(-odds)
    over = np.cumsum(counts[order]) > BORNE
    return float(odds[order][over][0]) if over.any() else 0.0


def once(rows: list[Row]) -> Iterator[Row]:
    """The hits without the false ones that a document repeats in all its drafts."""
    seen = set()
    for row in rows:
        key = (row["doc"], row["check"], row["message"])
        if row["group"] in ("as written", "written") and not row["right"]:
            if key in seen:
                continue
            seen.add(key)
        yield row


def fit(path: Path, out: Path | None) -> None:
    """Fit the weights, print what is held out, write the weights."""
    from sklearn.linear_model import LogisticRegression

    # A published passage that the aligner leaves alone may well lack a counterpart: nobody has judged it.
    rows = [
        r
        for r in once(pickle.loads(path.read_bytes()))
        if not (r["group"] in ("wild", "unknown") and r["features"]["alone"] and not r["right"])
    ]
    cases = Cases(rows)
    odds = cases.held_out()
    counts = np.array([QUIET.get(g, 0.0) for g in cases.group]) * ~cases.y
    zero = middle(odds[counts > 0], counts[counts > 0])
    # How the share of right ones grows with what lies above the middle.
    z, y, w = odds - zero, cases.y, cases.weights
    above = (z > -0.5) & cases.taught
    slope = LogisticRegression(C=1.0, fit_intercept=False).fit(z[above, None], y[above], w[above])
    steep = float(slope.coef_[0, 0])
    print(f"told as 0.5: odds of {zero:.2f}; slope {steep:.2f}")
    stated = 1 / (1 + np.exp(-steep * z))
    report(rows, stated, y, w)
    if out is not None:
        table = {}
        for check, model in cases.weights_of().items():
            model["bias"] -= zero
            table[check] = {n: round(steep * v, 4) for n, v in model.items()}
        out.write_text(json.dumps({"checks": table}, indent=1, sort_keys=True) + "\n", "utf-8")


def report(rows: list[Row], stated: Any, y: Any, w: Any) -> None:
    """Print how true the stated confidences are, and what is shown of which texts and checks."""
    shown = stated >= SHOWN
    taught = ~np.isin([r["group"] for r in rows], ONLY_TOLD)
    print("held out: stated, findings, right (weighed)")
    for low, high in ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        some = taught & (stated >= low) & (stated < high)
        print(f"{low:.1f} {int(some.sum()):5} {(w * y)[some].sum() / max(1e-9, w[some].sum()):.2f}")
    for key in ("group", "check"):
        values = np.array([r[key] for r in rows])
        print(f"\n{key}: said and right ones; from 0.5, and from 0.8")
        for name in sorted(set(values)):
            mine = values == name
            cells = [
                f"{int((some & mine).sum()):5} {int((some & mine & y).sum()):5}"
                for some in (np.ones(len(y), bool), shown, stated >= 0.8)
            ]
            print(f"{name:20} {'   '.join(cells)}")


#: From this confidence on a finding is shown.
SHOWN = 0.5


if __name__ == "__main__":
    if sys.argv[1] == "collect":
        collect(Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]) if len(sys.argv) > 4 else None)
    else:
        fit(Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
