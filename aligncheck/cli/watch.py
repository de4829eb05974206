"""``aligncheck gate --watch``: the gate on a local desk, again whenever a file changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from aligncheck.cli.gate import Options, run
from aligncheck.cli.project import configured_pairs, waiver_files
from aligncheck.cli.speech import note
from aligncheck.config.files import NAMES
from aligncheck.config.project import Configuration
from aligncheck.errors import AligncheckError

#: Seconds between two looks at the files.
PAUSE = 0.5
#: Seconds for which the files must have been still: editors write a file in several steps.
STILL = 0.2

Stamp = tuple[int, int]


def watch(options: Options) -> int:
    """Run the gate now and after every change, until interrupted.

    A later run that cannot be made (a configuration broken meanwhile, say) is told of, and the next
    change tries again.

    Raises:
        AligncheckError: the first run cannot be made.
    """
    first = True
    while True:
        seen = stamps(options)
        try:
            run(options)
        except AligncheckError as error:
            if first:
                raise
            note(f"error: {error}")
        first = False
        note("watching; Ctrl-C ends it")
        changed = wait(options, seen)
        note(f"\n{', '.join(changed[:5])}{' …' if len(changed) > 5 else ''}:")


def wait(options: Options, seen: Mapping[str, Stamp]) -> list[str]:
    """Wait until a watched file is another than it was; the names of those that are."""
    while True:
        now = stamps(options)
        if now != seen:
            while True:  # until nothing has happened for a moment
                time.sleep(STILL)
                later = stamps(options)
                if later == now:
                    break
                now = later
            changed = _changed(now, seen)
            if changed:
                return changed
            seen = now
        time.sleep(PAUSE)


def _changed(now: Mapping[str, Stamp], seen: Mapping[str, Stamp]) -> list[str]:
    """The files that have changed, come or gone, as far as they are that and not only watched or left alone now."""
    changed = [n for n, stamp in seen.items() if now.get(n, _stamp(n)) != stamp]
    come = [n for n in now if n not in seen]
    # Another configuration may name other files, which nobody has touched.
    own = [n for n in come if os.path.basename(n) in NAMES]
    judged_anew = own or any(os.path.basename(n) in NAMES for n in changed)
    return sorted(changed + (own if judged_anew else come))


def stamps(options: Options) -> dict[str, Stamp]:
    """Size and time of change of every file that decides a run; a file that is not there has none."""
    watched: set[str] = set()
    try:
        configuration = options.configuration()
        for path in _watched(configuration):
            watched.add(str(path))
    except AligncheckError:
        # The configuration itself is broken, or fits no file yet.  Only its own files can mend the first, and a log
        # of this very run that lies beside them would wake it again and again.
        watched |= {str(p) for p in _configurations(options)}
    return {name: stamp for name in watched if (stamp := _stamp(name)) is not None}


def _stamp(name: str) -> Stamp | None:
    try:
        stat = os.stat(name)
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _configurations(options: Options) -> Iterator[Path]:
    """The files that may be the configuration: here and in the folders above."""
    if options.config_file is not None:
        yield options.config_file
        return
    here = Path().resolve()
    for folder in (Path(), *here.parents):
        yield from (folder / name for name in NAMES)


def _watched(configuration: Configuration) -> Iterator[Path]:
    if configuration.path is not None:
        yield configuration.near(configuration.path)
    yield from waiver_files(configuration)
    if configuration.get("baseline"):
        yield configuration.place("baseline", configuration.get("baseline"))
    yield from (configuration.place("glossaries", g) for g in configuration.get("glossaries"))
    pairs, lonely = configured_pairs(configuration)
    for pair in pairs:
        yield from (configuration.near(configuration.root / n) for n in (pair.source, pair.target) if n)
    for orphan in lonely:
        yield configuration.near(configuration.root / orphan.have)
