"""Dates, years, plan periods, weekdays and times that differ."""

from __future__ import annotations

from aligncheck.checks.card import carded
from aligncheck.checks.figures.compared import hits
from aligncheck.model import Category

CHECKS = (carded(__name__, "dates", run=lambda bitext, context: hits(bitext, context, Category.DATE)),)
