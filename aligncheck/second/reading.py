"""The second reader at work: windows are read one by one, claims proved, doubts answered, all within a budget."""

from __future__ import annotations

import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.checks.settle import Found
from aligncheck.checks.terms.evidence import TermEvidence, term_evidence
from aligncheck.config.reader import ReaderSettings
from aligncheck.errors import ConfigError
from aligncheck.judge.verdict import STATED
from aligncheck.model import Bitext, Hit, Message, SecondReading, SpanRef
from aligncheck.second import check as wording
from aligncheck.second.address import Endpoint, endpoint_of
from aligncheck.second.answers import CATEGORIES, Claim, Reading, Reply, read_answer, schema_for
from aligncheck.second.budget import Budget
from aligncheck.second.cache import Answers, key_of
from aligncheck.second.calibration import Tally, load_record, moved, record_key
from aligncheck.second.client import Answer, ChatMessage, Client, LostError, Patience, StopError, need_httpx
from aligncheck.second.controls import own_replies
from aligncheck.second.log import Log
from aligncheck.second.prompts import Language, Prompt, language_for, messages_for, prompt_of
from aligncheck.second.proof import Doubtful, Proved, prove, proved_reply
from aligncheck.second.windows import LONGEST, Doubt, Passage, Side, Window, bare_words, windows_of
from aligncheck.terms.dates import date_of

#: ``progress(windows read, windows in all)``.
Progress = Callable[[int, int], None]
#: After so many exchanges in a row that brought nothing the server is given up.
_LOST = 2
#: After so many answers in a row that were no JSON the model is given up.
_UNREADABLE = 4
#: Seconds for which a server that was given up is left alone by the other pairs of a run.
_REST = 300.0
#: Doubts under this confidence are not worth a question.
_FAINT = 0.15

_given_up: dict[str, tuple[float, Message]] = {}


@dataclass(slots=True)
class Outcome:
    """What came of the windows: claims that are proved, answers by the number of the doubt, and what was not."""

    proved: list[Proved] = field(default_factory=list)
    replies: dict[int, Reply] = field(default_factory=dict)
    dropped: Counter[Doubtful] = field(default_factory=Counter)
    notices: list[Message] = field(default_factory=list)
    passages: int = 0
    read: set[int] = field(default_factory=set)
    sent: set[int] = field(default_factory=set)
    withheld: list[int] = field(default_factory=list)
    tokens: int = 0


class Reader:
    """A second reader for the pairs of one run; it is closed at the end."""

    def __init__(
        self,
        settings: ReaderSettings,
        progress: Progress | None = None,
        patience: Patience | None = None,
        language: Language | None = None,
        parts: bool = False,
    ) -> None:
        """Look at everything that can be wrong with the settings; nothing is asked yet.

        ``parts``: the pairs are parts of one document and share one budget.

        Raises:
            AligncheckError: an address that is none or may not be used, a missing key or library, a broken record, a
                log that cannot be written.
        """
        self.settings = settings
        self.progress = progress
        self.endpoint = endpoint_of(settings)
        tallies = load_record(settings.record)
        self.prompt = self._chosen_prompt(tallies, language)
        self.key = record_key(settings.model, self.prompt.name, settings.passes)
        self.tally: Tally | None = tallies.get(self.key)
        self.answers = Answers(settings.keep)
        self.client = Client(
            self.endpoint, settings.model, _key(settings), patience or Patience(settings.timeout)
        )
        self.log = Log(settings.log, settings.redact) if settings.log else None
        self.record: SecondReading | None = None
        self.parts = parts
        self._budget: Budget | None = None

    @property
    def budget(self) -> Budget:
        """What the reading of the next pair may cost."""
        if self._budget is None or not self.parts:
            self._budget = Budget(self.settings.seconds, self.settings.tokens)
        return self._budget

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        if self.log is not None:
            self.log.close()

    def _chosen_prompt(self, tallies: Mapping[str, Tally], language: Language | None) -> Prompt:
        """The prompt of the language asked for, else of the one that the model was measured to be better with."""
        wanted = language or self.settings.prompt
        if wanted != "auto":
            return prompt_of(wanted)
        likely = language_for(self.settings.model)
        other: Language = "en" if likely == "zh" else "zh"
        both = [prompt_of(likely), prompt_of(other)]
        known = {
            p: tallies[key]
            for p in both
            if (key := record_key(self.settings.model, p.name, self.settings.passes)) in tallies
        }
        return max(known, key=lambda p: _worth(known[p]), default=both[0])

    def weigh(
        self, bitext: Bitext, context: Context, found: Sequence[Found], raw: Sequence[Found]
    ) -> list[Found]:
        """The findings with the doubts among them moved by what the reader says, and its own findings.

        ``raw``: the same findings as their checks put them, for doubts that become statements.
        """
        doubts = doubts_of(bitext, found)
        outcome = self.examine(bitext, context, doubts)
        out = list(found)
        changed = 0
        passages = {d.number: d.passage for d in doubts}
        for number in sorted(outcome.replies.keys() & passages.keys()):
            check, hit = found[number]
            reply = outcome.replies[number]
            shift = self.tally.shift(reply.answer) if self.tally is not None else 0.0
            sure = moved(hit.confidence, shift) if shift else hit.confidence
            changed += sure != hit.confidence
            base = raw[number][1] if sure >= STATED else hit
            out[number] = (
                check,
                wording.answered(
                    replace(base, confidence=sure), reply.answer, self.settings.model, reply.en or reply.zh
                ),
            )
        own = [wording.hit_of(p, self.settings.model, self.tally) for p in outcome.proved]
        out += [(wording.CHECKS[0], hit) for hit in own]
        self.record = SecondReading(
            model=self.settings.model,
            prompt=self.prompt.name,
            calibrated=self.tally is not None,
            passages=outcome.passages,
            read=len(outcome.read),
            findings=len(own),
            moved=changed,
            dropped=tuple(sorted((d.value, n) for d, n in outcome.dropped.items())),
            notices=tuple(dict.fromkeys(outcome.notices)),
            remote=self.endpoint.host if self.endpoint.remote else "",
            sent=tuple(sorted(outcome.sent)) if self.endpoint.remote else (),
            withheld=tuple(outcome.withheld),
        )
        return out

    def examine(self, bitext: Bitext, context: Context, doubts: Sequence[Doubt]) -> Outcome:
        """Read all windows of a pair, those with doubts first."""
        evidence = term_evidence(bitext, context)
        passages = list(passages_of(bitext, evidence))
        outcome = Outcome(passages=len(passages))
        outcome.withheld = [p.number for p in passages if p.size > LONGEST or p.withheld]
        silent = set(outcome.withheld)
        windows = list(
            windows_of([p for p in passages if p.number not in silent], doubts, self.settings.window)
        )
        order = sorted(range(len(windows)), key=lambda n: (-len(windows[n].doubts), n))
        _Round(self, evidence, context.settings.date or _date(bitext), outcome).read(
            [windows[n] for n in order]
        )
        outcome.proved.sort(key=lambda p: (p.passage.number, p.en_place, p.zh_place))
        return outcome


def ready(settings: ReaderSettings) -> Endpoint:
    """The endpoint, when everything that settings can be wrong in has been looked at; nothing is asked.

    Raises:
        AligncheckError: as for :class:`Reader`.
    """
    endpoint = endpoint_of(settings)
    need_httpx()
    load_record(settings.record)
    _key(settings)
    return endpoint


def _worth(tally: Tally) -> float:
    """One number for how good a model is: the share of errors found less a false claim's price."""
    found, false = sum(tally.found.values()), sum(tally.false.values())
    return found / max(1, tally.wrong) - 4 * false / max(1, tally.wrong + tally.right)


def _key(settings: ReaderSettings) -> str:
    if not settings.key_env:
        return ""
    key = os.environ.get(settings.key_env, "").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise ConfigError(
            f"the environment variable {settings.key_env!r} holds no key for the second reader",
            hint="set it, or take key-env out of [second-reader]",
        )
    return key


def _date(bitext: Bitext) -> str:
    return date_of(bitext.source) or date_of(bitext.target)


class _Round:
    """One pair being read: what is spent, what failed in a row, what has been said."""

    def __init__(self, reader: Reader, evidence: TermEvidence | None, date: str, outcome: Outcome) -> None:
        self._reader, self._evidence, self._date, self._outcome = reader, evidence, date, outcome
        self._budget = reader.budget
        self._year = int(date[:4]) if date[:4].isdigit() else None
        self._lost = self._unreadable = 0
        self._asking = False
        self._seen: set[tuple[int, str, str, str]] = set()

    def read(self, windows: Sequence[Window]) -> None:
        """Read windows until all are read, the budget is spent, or the server is given up."""
        url = self._reader.endpoint.url
        progress = self._reader.progress
        given_up = _given_up.get(url)
        resting = given_up is not None and time.monotonic() - given_up[0] < _REST
        for number, window in enumerate(windows):
            if progress is not None:
                progress(number, len(windows))
            try:
                # What is known from before costs nothing, whatever has become of the server.
                self._window(window, given_up[1] if resting and given_up else None)
            except _SpentError:
                left = len(windows) - number
                if self._reader.parts:  # said once, for every part alike
                    self._notice(
                        "the budget is spent before everything was read; run it again to go on from there",
                        "预算已用完，尚未全部读完；再次运行即可继续",
                    )
                    break
                self._notice(
                    f"the budget is spent with {left} of {len(windows)} windows unread; "
                    "run it again to go on from there",
                    f"预算已用完，{len(windows)}个窗口中还有{left}个未读；再次运行即可继续",
                )
                break
            except StopError as stop:
                if not resting:
                    _given_up[url] = (time.monotonic(), stop.why)
                    given_up, resting = _given_up[url], True
                self._notice(
                    f"the second reader is left out, for {stop.why.en}; the check goes on without it",
                    f"第二审读者停用：{stop.why.zh}；检查照常进行",
                )
        if progress is not None:
            progress(len(windows), len(windows))

    def _notice(self, en: str, zh: str) -> None:
        message = Message(en, zh)
        if message not in self._outcome.notices:
            self._outcome.notices.append(message)

    def _window(self, window: Window, dead: Message | None) -> None:
        try:
            reading = self._asked(window, (), dead)
        except LostError as lost:
            halves = window.halves() if lost.too_long else None
            if halves is not None:
                for half in halves:
                    self._window(half, dead)
                return
            self._count_lost(lost)
            return
        if reading is None:
            self._outcome.dropped[Doubtful.SHAPE] += 1
            self._unreadable += 1
            if self._unreadable >= _UNREADABLE:
                raise StopError(
                    Message("its answers are not the JSON that was asked for", "回答不是所要求的JSON")
                )
            return
        self._lost = self._unreadable = 0
        self._outcome.read |= {p.number for p in window.passages}
        self._take(window, reading, dead)

    def _count_lost(self, lost: LostError) -> None:
        self._lost += 1
        if self._lost >= _LOST:
            raise StopError(lost.why)
        self._notice(
            f"the second reader has not read some passages, for {lost.why.en}",
            f"第二审读者有段落未读：{lost.why.zh}",
        )

    def _asked(self, window: Window, claims: tuple[Claim, ...], dead: Message | None) -> Reading | None:
        """The answer about a window, kept or new; None where it cannot be read.

        Raises:
            LostError, StopError, _SpentError: there is none.
        """
        reader = self._reader
        messages = messages_for(reader.prompt, window, self._date, claims)
        schema = schema_for(len(window.passages), len(claims) or len(window.doubts))
        key = key_of(reader.prompt, reader.settings.model, messages, schema)
        answer = reader.answers.get(key)
        kept = answer is not None
        try:
            if answer is None:
                answer = self._fresh(messages, schema, dead)
        except (LostError, StopError) as error:
            self._note(messages, window, None, error.why.en)
            if isinstance(error, LostError) and self._budget.spent:
                raise _SpentError from None
            raise
        finally:
            around = (window.before, *window.passages, window.after)
            self._outcome.sent |= (
                {p.number for p in around if p is not None} if kept or self._asking else set()
            )
        self._note(messages, window, answer, "kept from before" if kept else "answered")
        self._outcome.tokens += answer.tokens
        reading = read_answer(answer.text)
        if not kept and reading is not None:
            reader.answers.put(key, answer)
        return reading

    def _fresh(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, Any], dead: Message | None
    ) -> Answer:
        """A new answer, paid from the budget."""
        self._asking = False
        if dead is not None:
            raise StopError(dead)
        if self._budget.spent:
            raise _SpentError
        self._asking = True
        answer = self._reader.client.ask(messages, schema, self._budget)
        self._budget.spend(answer.tokens)
        return answer

    def _note(
        self, messages: Sequence[ChatMessage], window: Window, answer: Answer | None, what: str
    ) -> None:
        if self._reader.log is not None:
            self._reader.log.add(self._reader.settings.model, messages, window.passages, answer, what)

    def _take(self, window: Window, reading: Reading, dead: Message | None) -> None:
        """Prove what a window's answer claims, and keep what it says to the doubts."""
        dropped = self._outcome.dropped
        dropped.update({Doubtful.SHAPE: reading.shapeless} if reading.shapeless else {})
        proved: list[Proved] = []
        for claim in reading.claims:
            if window.doubts and claim.passage == len(window.passages) + 1:
                continue  # the passage of the control questions
            found = prove(claim, window.passages, self._evidence, self._year)
            if isinstance(found, Doubtful):
                dropped[found] += 1
                continue
            key = (found.passage.number, found.category.value, claim.zh, claim.en)
            if key in self._seen:
                dropped[Doubtful.REPEATED] += 1
                continue
            self._seen.add(key)
            proved.append(found)
        if proved and self._reader.settings.passes > 1:
            proved = self._looked_again(window, proved, dead)
        self._outcome.proved += proved
        if not window.doubts:
            return
        places = {p.number: p for p in window.passages}
        replies, passed = own_replies(reading.replies, len(window.doubts))
        if not passed:
            dropped.update({Doubtful.CONTROL: len(replies)} if replies else {})
            return
        for reply in replies:
            if not 1 <= reply.question <= len(window.doubts):
                dropped[Doubtful.SHAPE] += 1
                continue
            doubt = window.doubts[reply.question - 1]
            if doubt.number in self._outcome.replies:
                dropped[Doubtful.REPEATED] += 1
            elif proved_reply(reply, places[doubt.passage]):
                self._outcome.replies[doubt.number] = reply
            else:
                dropped[Doubtful.ANSWER] += 1

    def _looked_again(self, window: Window, proved: list[Proved], dead: Message | None) -> list[Proved]:
        """The claims that the model stands by when it is asked about them; all, where it does not answer."""
        try:
            again = self._asked(replace(window, doubts=()), tuple(p.claim for p in proved), dead)
        except LostError as lost:
            self._count_lost(lost)
            again = None
        replies, passed = own_replies(again.replies, len(proved)) if again is not None else ([], False)
        denied = {r.question for r in replies if r.answer == "no"} if passed else set()
        self._outcome.dropped.update({Doubtful.WITHDRAWN: len(denied)} if denied else {})
        return [p for n, p in enumerate(proved, 1) if n not in denied]


class _SpentError(Exception):
    """The budget is spent."""


def passages_of(bitext: Bitext, evidence: TermEvidence | None) -> Iterator[Passage]:
    """The beads of a pair, Chinese first, as passages; those without any text are left out."""
    chinese, english = bitext.source, bitext.target
    beads = evidence.beads if evidence is not None else ()
    for number, bead in enumerate(bitext.beads):
        zh = Side.of([chinese.segments[i] for i in bead.source], "zh")
        en = Side.of([english.segments[i] for i in bead.target], "en")
        if not zh.text.strip() and not en.text.strip():
            continue
        terms = beads[number] if beads else None
        words = bead.words
        if words is None:
            yield Passage(number, zh, en, terms)
            continue
        bare = (
            bare_words(words.source, words.unlinked_source, chinese),
            bare_words(words.target, words.unlinked_target, english),
        )
        yield Passage(number, zh, en, terms, (words.source, words.target), words.links, bare)


def doubts_of(bitext: Bitext, found: Sequence[Found]) -> list[Doubt]:
    """The findings of meaning that are not sure, each with the passage that it is about."""
    homes: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
    for number, bead in enumerate(bitext.beads):
        for language, document, ids in (
            ("zh", bitext.source, bead.source),
            ("en", bitext.target, bead.target),
        ):
            for segment in (document.segments[i] for i in ids):
                homes[language, segment.block].append((segment.start, segment.end, number))
    doubts = []
    for number, (check, hit) in enumerate(found):
        if not _is_doubt(check, hit):
            continue
        home = _home(homes, "zh", hit.source) if hit.source else None
        home = _home(homes, "en", hit.target) if home is None and hit.target else home
        if home is not None:
            doubts.append(Doubt(number, hit, home))
    return doubts


def _is_doubt(check: Check, hit: Hit) -> bool:
    return _FAINT <= hit.confidence < STATED and (hit.category or check.category) in CATEGORIES


def _home(
    homes: Mapping[tuple[str, int], Sequence[tuple[int, int, int]]], language: str, refs: Sequence[SpanRef]
) -> int | None:
    """The bead in which the first span begins."""
    ref = refs[0]
    for start, end, number in homes.get((language, ref.block), ()):
        if start <= ref.start < end or (ref.start == ref.end == end):
            return number
    return None
