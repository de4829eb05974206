"""Word lists of the alignment: function words, irregular forms, endings (``data/words.toml``)."""

from __future__ import annotations

from aligncheck.data import grammar

_LISTS = {name: text.split() for name, text in grammar("aligncheck.pairing", "words.toml").items()}
#: English function words, which say nothing about what is rendered.
STOP = frozenset(_LISTS["stop"])
#: Chinese function words.
HAN_STOP = frozenset(_LISTS["han-stop"])
#: Irregular form -> base form.
IRREGULAR = {
    form: base
    for base, forms in (entry.split(":") for entry in _LISTS["irregular"])
    for form in forms.split(",")
}
#: Endings that a stem loses, with the least number of letters that must stay.
ENDINGS = tuple((ending, int(least)) for ending, least in (e.split(":") for e in _LISTS["endings"]))
