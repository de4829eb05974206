"""``aligncheck gate --watch``: the gate on a local desk, again whenever a file changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from aligncheck.cli.gate import Options, run
from aligncheck.cli.project import configured_pairs, waiver_files
from aligncheck.cli.speech import note
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
            changed = sorted(n for n in {*now, *seen} if now.get(n) != seen.get(n))
            if changed:
                return changed
        time.sleep(PAUSE)


def stamps(options: Options) -> dict[str, Stamp]:
    """Size and time of change of every file that decides a run; a file that is not there has none."""
    found: dict[str, Stamp] = {}
    try:
        configuration = options.configuration()
        watched = {str(p) for p in _watched(options, configuration)}
    except AligncheckError:
        # The configuration itself is broken, or fits no file yet: whatever changes here may mend that.
        root = options.config_file.parent if options.config_file else Path()
        watched = {str(p) for p in root.iterdir() if p.is_file()} if root.is_dir() else set()
    for name in watched:
        try:
            stat = os.stat(name)
        except OSError:
            continue
        found[name] = (stat.st_size, stat.st_mtime_ns)
    return found


def _watched(options: Options, configuration: Configuration) -> Iterator[Path]:
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
