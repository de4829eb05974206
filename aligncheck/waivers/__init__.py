"""Findings that are accepted as they are: who said so, why, until when."""

from aligncheck.waivers.apply import Applied, Use, apply, judge
from aligncheck.waivers.entries import Entry, read_waivers

__all__ = ["Applied", "Entry", "Use", "apply", "judge", "read_waivers"]
