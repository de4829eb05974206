"""Findings that are accepted as they are: who said so, why, until when."""

from aligncheck.waivers.apply import Applied, Use, apply, differences, judge
from aligncheck.waivers.entries import read_waivers
from aligncheck.waivers.entry import Entry

__all__ = ["Applied", "Entry", "Use", "apply", "differences", "judge", "read_waivers"]
