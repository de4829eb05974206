"""Figures, dates, units and their order."""
