"""Read, segment, align, check, report: one call for the library and the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from aligncheck import __version__, batches, limits, running
from aligncheck.checks.context import Context
from aligncheck.checks.quality import rated
from aligncheck.checks.settle import Found, findings_of
from aligncheck.config import Settings, content_of
from aligncheck.encode.base import Encoder, EncoderPlugin
from aligncheck.encode.contextual import embedded
from aligncheck.encode.pairs import PairEncoder, WordEncoderPlugin
from aligncheck.encode.threads import one_thread
from aligncheck.errors import InputError
from aligncheck.facts.targets import EarlierTarget
from aligncheck.judge.assured import assured
from aligncheck.judge.reading import read_beads, with_carried, with_words
from aligncheck.model import (
    Bitext,
    Document,
    Precedent,
    Report,
    Tool,
    summarise,
)
from aligncheck.pairing import align as align_bitext
from aligncheck.pairing import terms_of
from aligncheck.pool import Failure, run_tasks
from aligncheck.readers import ReadOptions, read
from aligncheck.readers.foreign import foreign_language
from aligncheck.readers.strings import Texts, read_texts
from aligncheck.registry import get, load
from aligncheck.segment import segment_document
from aligncheck.segment.pieces import in_pieces
from aligncheck.signature import signature_of
from aligncheck.terms import Termbase, load_termbase
from aligncheck.waivers.inline import accept
from aligncheck.words.script import as_written, is_traditional, simplified

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from aligncheck.pairing import Progress
    from aligncheck.second import Reader

PathLike = str | Path
#: What wants to know of an aligned pair and its encoder.
Aligned = Callable[[Bitext, Encoder], None]


def check(
    source: PathLike,
    target: PathLike | None = None,
    settings: Settings | None = None,
    *,
    read_options: ReadOptions | None = None,
    format: str = "",
    progress: Progress | None = None,
    jobs: int = 1,
    reading: Progress | None = None,
    linked: bool = False,
    aligned: Aligned | None = None,
) -> Report:
    """Check a pair of documents, one bilingual file, or one document alone.

    Args:
        source: the path of a document in either language, or of a file that holds both.
        target: the path of its translation; None where ``source`` is all there is.
        settings: what decides what is found: glossaries, checks, thresholds; the defaults without.
        read_options: what is known of the files: encoding, languages, limits.
        format: the name of the files' format; empty: it is told from their content.
        progress: is called now and then as ``progress(done, of)`` while sentences are aligned.
        jobs: processes that share a file of very many given pairs; nothing else needs them.
        reading: the same for the windows of a second reader.
        linked: keep the words of every pair and their links also of a file of very many given pairs, of
            which they are most of what is held; other reports have them anyway.
        aligned: is called once with the aligned pair, Chinese first, and the encoder that has encoded it and
            remembers the sums; not for one document, nor for a file that is checked in parts.

    Raises:
        AligncheckError: an input, the glossary or a setting is wrong.
    """
    settings = settings or Settings()
    what = load_input(source, target, settings, read_options, format)
    return check_loaded(
        what, settings, progress=progress, jobs=jobs, reading=reading, linked=linked, aligned=aligned
    )


def check_texts(source: Texts, target: Texts | None = None, settings: Settings | None = None) -> Report:
    """Check texts that are no files.

    Two strings are two documents, a paragraph a line, in either order of languages; two lists of equal
    length are pairs, one by one; one string alone is one document.

        >>> report = check_texts("我市新建公园25个。", "The city built 52 parks.")
        >>> [finding.check for finding in report]
        ['quantities']

    Raises:
        AligncheckError: the texts are of one language, hold nothing, or are lists of different lengths;
            the glossary or a setting is wrong.
    """
    settings = settings or Settings()
    return check_loaded(load_texts(source, target, settings), settings)


def align_texts(
    source: Texts, target: Texts, settings: Settings | None = None, *, words: bool = False
) -> Bitext:
    """Align texts that are no files, as :func:`check_texts` takes them; with ``words``, link words too.

    Raises:
        AligncheckError: as :func:`check_texts`.
    """
    settings = settings or Settings()
    what = load_texts(source, target, settings)
    assert isinstance(what, Bitext)
    return _aligned_with(what, settings, None, words)


def align(
    source: PathLike,
    target: PathLike | None = None,
    settings: Settings | None = None,
    *,
    read_options: ReadOptions | None = None,
    format: str = "",
    progress: Progress | None = None,
    words: bool = False,
) -> Bitext:
    """Align a pair of documents or one bilingual file; with ``words``, link the words of every bead too.

    Raises:
        AligncheckError: an input, the glossary or a setting is wrong.
    """
    settings = settings or Settings()
    what = load_input(source, target, settings, read_options, format)
    if isinstance(what, Document):
        raise InputError("only one language is in it", path=what.path, hint="name the translation too")
    return _aligned_with(what, settings, progress, words)


def _aligned_with(written: Bitext, settings: Settings, progress: Progress | None, words: bool) -> Bitext:
    what = _in_one_script(written, Context(settings))
    assert isinstance(what, Bitext)
    aligned = _aligned(what, encoder_of(settings.encoder), settings, termbase_of(settings), progress)
    if words:
        with one_thread():
            pair = aligned.chinese_first
            linker = word_encoder_of(settings.word_encoder)
            linked = with_words(pair, read_beads(pair, linker, terms_of(termbase_of(settings), pair.source)))
        aligned = linked if pair is aligned else linked.turned()
    return replace(aligned, source=written.source, target=written.target)


def load_texts(source: Texts, target: Texts | None, settings: Settings) -> Bitext | Document:
    """Segment texts that are no files; see :func:`check_texts` for what they may be.

    Raises:
        InputError: they make no sense as texts of one or two languages.
    """
    options = ReadOptions(monolingual=True, language=settings.source_language, max_units=limits.CHECKED_UNITS)
    what = read_texts(source, target, options)
    _refuse_other_languages(what)
    if isinstance(what, Document):
        return _cut(_in_pieces(what, settings), settings)
    if what.paired:
        return replace(what, source=_cut(what.source, settings), target=_cut(what.target, settings))
    source_side, target_side = (_cut(_in_pieces(d, settings), settings) for d in (what.source, what.target))
    return Bitext(source_side, target_side)


def load_input(
    source: PathLike,
    target: PathLike | None,
    settings: Settings,
    read_options: ReadOptions | None = None,
    format: str = "",
) -> Bitext | Document:
    """Read and segment what is to be checked.

    Raises:
        InputError: a file cannot be read, is broken, holds no text, or is not of the two languages.
    """
    options = replace(read_options or ReadOptions(), monolingual=target is not None)
    if options.max_units == limits.UNITS:  # nobody has said otherwise
        options = replace(options, max_units=limits.CHECKED_UNITS)
    first = read(Path(source), replace(options, language=settings.source_language), format)
    if target is None:
        _refuse_other_languages(first)
        if isinstance(first, Bitext) and not first.source.blocks and not first.target.blocks:
            raise InputError("holds no unit with text: there is nothing to check", path=first.source.path)
        if isinstance(first, Bitext):
            return replace(first, source=_cut(first.source, settings), target=_cut(first.target, settings))
        return _cut(_in_pieces(first, settings), settings)
    second = read(Path(target), options, format)
    for side in (first, second):
        if isinstance(side, Bitext):
            raise InputError(
                "holds both languages",
                path=side.source.path,
                hint="a bilingual file is checked alone: aligncheck check FILE",
            )
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    _refuse_other_languages(first)
    _refuse_other_languages(second)
    if first.language == second.language:
        language = {"zh": "Chinese", "en": "English"}[first.language]
        raise InputError(
            f"both documents are {language}: {first.path} and {second.path}",
            hint="name one Chinese and one English document",
        )
    first, second = (_cut(_in_pieces(side, settings), settings) for side in (first, second))
    return Bitext(first, second)


def _refuse_other_languages(what: Bitext | Document) -> None:
    """Readers read files of any languages; only Chinese and English can be checked."""
    documents = [what] if isinstance(what, Document) else [what.source, what.target]
    found: list[str] = [d.language for d in documents]
    if (len(found) == 1 and found[0] in ("zh", "en")) or sorted(found) == ["en", "zh"]:
        for document in documents:
            _refuse_foreign(document)
        return
    names = " and ".join(repr(code) for code in found)
    raise InputError(
        f"can be read, but its language{'s are' if len(found) > 1 else ' is'} {names}",
        path=documents[0].path,
        hint="only Chinese with English can be checked; of a file with more languages name the two: "
        "--source-lang zh --target-lang en",
    )


def _refuse_foreign(document: Document) -> None:
    language = foreign_language(document)
    if language:
        raise InputError(
            f"seems to be in {language}",
            path=document.path,
            hint="only Chinese with English can be checked",
        )


def check_loaded(
    what: Bitext | Document,
    settings: Settings,
    *,
    progress: Progress | None = None,
    jobs: int = 1,
    reading: Progress | None = None,
    linked: bool = False,
    aligned: Aligned | None = None,
) -> Report:
    """Align and check what has been read; the arguments are those of :func:`check`."""
    if isinstance(what, Bitext) and batches.is_large(what):
        return _in_batches(what, settings, progress, jobs, linked)
    with _second_reader(settings, reading) as second:
        return _checked(what, settings, second, progress, aligned)


def _second_reader(
    settings: Settings, progress: Progress | None, parts: bool = False
) -> AbstractContextManager[Reader | None]:
    """The second reader that the settings ask for; what is wrong with it is told before anything is read.

    ``parts``: what it is given are parts of one document.
    """
    if settings.second is None:
        return nullcontext()
    from aligncheck.second import Reader  # here: most runs have none

    return Reader(settings.second, progress, parts=parts)


def _checked(
    what: Bitext | Document,
    settings: Settings,
    second: Reader | None,
    progress: Progress | None,
    aligned: Aligned | None = None,
) -> Report:
    termbase = termbase_of(settings)
    context = Context(settings, termbase, lambda: encoder_of(settings.encoder))
    context.second = second
    written, what = what, _in_one_script(what, context)
    if isinstance(what, Document):
        assert isinstance(written, Document)
        hits = running.run_document_checks(what, context, alone=True)
        assert isinstance(written, Document)
        return _as_written(_report(written, None, hits, context), context)
    # The threads of a matrix product would wait for each other on cores that other threads use.
    with one_thread():
        pair = _aligned(what.chinese_first, context.encoder, settings, termbase, progress)
        if aligned is not None:
            aligned(pair, context.encoder)
        due = terms_of(termbase, pair.source)
        reads = assured(pair, read_beads(pair, word_encoder_of(settings.word_encoder), due), due)
        context.reads = with_carried(pair, reads, embedded())
        pair = rated(with_words(pair, context.reads), context)
        context.precedents, context.targets = _remembered(pair, context)
        bitext = pair.turned() if pair.source is what.target else pair
        hits, terms = running.checked(bitext, context)
    assert isinstance(written, Bitext)
    bitext = replace(bitext, source=written.source, target=written.target)
    report = _as_written(_report(bitext.source, bitext, hits, context), context)
    record = second.record if second is not None else None
    return replace(report, terms=terms, precedents=context.precedents, second=record)


def _in_one_script(what: Bitext | Document, context: Context) -> Bitext | Document:
    """What is judged: Traditional Chinese in its Simplified spelling, everything else as it is.

    The context keeps what was written, for the checks that judge the characters themselves.
    """

    def folded(document: Document) -> Document:
        if not is_traditional(document):
            return document
        made = simplified(document)
        context.script = (document, made)
        return made

    if isinstance(what, Document):
        return folded(what)
    return replace(what, source=folded(what.source), target=folded(what.target))


def _as_written(report: Report, context: Context) -> Report:
    """The report with its quotations in the script of the document."""
    if context.script is None:
        return report
    written, made = context.script
    checks = load("aligncheck.checks")
    findings = (f if checks[f.check].as_written else as_written(f, written, made) for f in report.findings)
    return replace(report, findings=tuple(findings))


def _in_batches(
    bitext: Bitext, settings: Settings, progress: Progress | None, jobs: int, linked: bool
) -> Report:
    """Check a file of very many pairs some at a time, in this process or in several."""
    every = batches.Batches(bitext)
    parts: dict[int, batches.Part] = {}
    for number, part in _parts(every, settings, jobs, linked):
        if isinstance(part, Failure):
            if part.kind == "bug":
                raise RuntimeError(f"{part.what}\n{part.detail}")
            raise batches.lost(every[number], part.what)
        parts[number] = part
        if progress is not None:
            progress(len(parts), len(every))
    return batches.joined(every, [parts[n] for n in range(len(every))], settings.fail_on)


def _parts(
    every: batches.Batches, settings: Settings, jobs: int, linked: bool
) -> Iterator[tuple[int, batches.Part | Failure]]:
    """What every batch gives, with its number.

    A second reader has one server, one log and one budget for the file, so that one process reads it all:
    its answers take longer than everything that several processes could share.
    """
    if jobs > 1 and settings.second is None:
        yield from run_tasks(check_batch, _Tasks(every, settings, linked), jobs)
        return
    with _second_reader(settings, None, parts=True) as second:
        for number, batch in enumerate(every):
            yield number, batches.part_of(_checked(batch.bitext, settings, second, None), linked)


class _Tasks(Sequence[tuple[batches.Batch, Settings, bool]]):
    """The batches with the settings, made one by one as processes ask for them."""

    def __init__(self, every: batches.Batches, settings: Settings, linked: bool) -> None:
        self._every, self._settings, self._linked = every, settings, linked

    def __len__(self) -> int:
        return len(self._every)

    def __getitem__(self, number: int) -> tuple[batches.Batch, Settings, bool]:  # type: ignore[override]
        return self._every[number], self._settings, self._linked


def check_batch(task: tuple[batches.Batch, Settings, bool]) -> batches.Part:
    """Check one batch of pairs; what a worker runs."""
    batch, settings, linked = task
    return batches.part_of(_checked(batch.bitext, settings, None, None), linked)


def _remembered(bitext: Bitext, context: Context) -> tuple[tuple[Precedent, ...], tuple[EarlierTarget, ...]]:
    """What the settings' translation memory holds of a pair that stands Chinese first: how its passages
    were put, what was set as a target for its figures.

    Raises:
        InputError: it is no memory, or cannot be read.
    """
    if not context.settings.memory:
        return (), ()
    from aligncheck.memory import Passage, earlier_targets, open_memory, precedents_of

    chinese, english = bitext.source.segments, bitext.target.segments
    passages = [
        Passage(n, "".join(chinese[i].text for i in b.source), " ".join(english[i].text for i in b.target))
        for n, b in enumerate(bitext.beads)
        if b.source
    ]
    with open_memory(Path(context.settings.memory)) as memory:
        return (
            precedents_of(memory, encoder_of(context.settings.encoder), passages, context.settings.date),
            earlier_targets(memory, [s.text for s in chinese], context.settings.date),
        )


@lru_cache(maxsize=4)
def encoder_of(name: str) -> Encoder:
    """The encoder of a name like ``embedded`` or ``transformers:path``."""
    plugin, argument = plugin_of(name)
    return plugin.make(argument)


@lru_cache(maxsize=4)
def word_encoder_of(name: str) -> PairEncoder:
    """The word encoder of a name like ``embedded`` or ``transformers:path``."""
    head, _, argument = name.partition(":")
    plugin: WordEncoderPlugin = get("aligncheck.word_encoders", head, "word encoder")
    return plugin.make(argument)


def plugin_of(name: str) -> tuple[EncoderPlugin, str]:
    """The plug-in that an encoder's name asks for, and its argument."""
    head, _, argument = name.partition(":")
    plugin: EncoderPlugin = get("aligncheck.encoders", head, "encoder")
    return plugin, argument


@lru_cache(maxsize=4)
def _load_termbase(paths: tuple[str, ...], contents: tuple[str, ...]) -> Termbase:
    return load_termbase([Path(p) for p in paths])


def termbase_of(settings: Settings) -> Termbase | None:
    """The terms of the settings' glossaries; one that was edited since is read anew."""
    if settings.no_glossary:
        return None
    return _load_termbase(settings.glossaries, tuple(map(content_of, settings.glossaries)))


def _cut(document: Document, settings: Settings) -> Document:
    return segment_document(document, segmented=settings.segmented)


def _in_pieces(document: Document, settings: Settings) -> Document:
    """Very long paragraphs in pieces; a line that is a sentence by the user's word stays whole."""
    return document if settings.segmented else in_pieces(document)


def _aligned(
    bitext: Bitext,
    encoder: Encoder,
    settings: Settings,
    termbase: Termbase | None,
    progress: Progress | None,
) -> Bitext:
    return align_bitext(
        bitext,
        encoder,
        termbase=termbase,
        max_bead=settings.max_bead,
        progress=progress,
    )


def _report(source: Document, bitext: Bitext | None, hits: Sequence[Found], context: Context) -> Report:
    settings = context.settings
    target, beads = (bitext.target, bitext.beads) if bitext is not None else (None, ())
    findings = findings_of(hits, source, target, settings)
    findings = accept(findings, source, target, beads)
    encoder = context.encoder.signature if bitext is not None else ""
    return Report(
        tool=Tool("aligncheck", __version__, signature_of(settings, context.termbase, encoder)),
        source=source,
        target=target,
        alignments=beads,
        findings=findings,
        summary=summarise(findings, source, target, settings.fail_on),
        fail_on=settings.fail_on,
        problems=tuple(context.problems),
    )
