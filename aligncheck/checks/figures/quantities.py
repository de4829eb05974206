"""Quantities: counts, shares, changes, ordinals and codes that differ in value."""

from __future__ import annotations

from aligncheck.checks.card import carded
from aligncheck.checks.figures.compared import hits
from aligncheck.model import Category

CHECKS = (carded(__name__, "quantities", run=lambda bitext, context: hits(bitext, context, Category.NUMBER)),)
