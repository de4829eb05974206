"""The time in a report: none, unless it is asked for or fixed from outside (reproducible-builds.org)."""

from __future__ import annotations

import datetime
import os
from dataclasses import replace

from aligncheck.errors import ConfigError
from aligncheck.model import Report


def stamped(report: Report, wanted: bool) -> Report:
    """The report with the time of SOURCE_DATE_EPOCH, else with the present one if ``wanted``, else as it is.

    Raises:
        ConfigError: SOURCE_DATE_EPOCH is no count of seconds.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not fixed and not wanted:
        return report
    try:
        seconds = int(fixed) if fixed else None
        zone = datetime.timezone.utc
        moment = (
            datetime.datetime.now(zone) if seconds is None else datetime.datetime.fromtimestamp(seconds, zone)
        )
    except (ValueError, OverflowError, OSError):
        raise ConfigError(
            f"SOURCE_DATE_EPOCH is {fixed!r}", hint="give whole seconds since 1970, or unset it"
        ) from None
    return replace(report, timestamp=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
