"""Characters a second of fact extraction on one core.

    python benchmarks/facts_speed.py FILE…

Lines with Chinese characters are read as Chinese, the others as English.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from aligncheck.facts import extract


def main() -> None:
    """See the module's text."""
    rows = [r for name in sys.argv[1:] for r in Path(name).read_text("utf-8").splitlines() if r]
    total = spent = 0.0
    for language in ("zh", "en"):
        texts = [r for r in rows if bool(re.search("[\u4e00-\u9fff]", r)) == (language == "zh")]
        for text in texts[:20]:
            extract(text, language)  # type: ignore[arg-type]
        start = time.process_time()
        count = sum(len(extract(t, language)) for t in texts)  # type: ignore[arg-type]
        seconds = time.process_time() - start
        size = sum(map(len, texts))
        total, spent = total + size, spent + seconds
        print(
            f"{language}: {size:,} characters, {count:,} facts, {size / max(seconds, 1e-9):,.0f} characters a second"
        )
    print(f"both: {total / max(spent, 1e-9):,.0f} characters a second")


if __name__ == "__main__":
    main()
