"""One spelling for British and American words and for letters with accents, for comparing only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OUR = re.compile(
    r"^(col|fav|hon|lab|neighb|behavi|harb|endeav|rig|vig|flav|rum|hum|arm|sav|od|vap|splend|cand|ferv|parl|glam)our"
)
_RE = re.compile(r"^((?:kilo|centi|milli)?(?:met|lit)|cent|theat|fib|calib|lust|epicent)res?$|^(cent)red$")
_LL = re.compile(
    r"^(travel|model|label|channel|cancel|counsel|level|fuel|signal|total|rival|panel|tunnel|funnel|dial|enrol"
    r"|marvel|pedal|pencil|quarrel|shovel|tranquil|remodel)l(ed|ing|er|ers|or|ors)$"
)
_ISE = re.compile(r"(?<=[a-z]{3})(i|y)s(e|ed|es|ing|ation|ations|ational|er|ers)$")
#: Whole words, with what counts as their one spelling.
_WORDS = dict(
    pair.split("/")
    for pair in (
        "defence/defense offence/offense licence/license licences/licenses practise/practice practised/practiced "
        "programme/program programmes/programs catalogue/catalog catalogues/catalogs dialogue/dialog "
        "dialogues/dialogs fulfil/fulfill fulfils/fulfills fulfilment/fulfillment enrol/enroll enrols/enrolls "
        "enrolment/enrollment instalment/installment instalments/installments skilful/skillful wilful/willful "
        "grey/gray ageing/aging judgement/judgment tyre/tire tyres/tires kerb/curb plough/plow mould/mold "
        "aluminium/aluminum sulphur/sulfur towards/toward adviser/advisor advisers/advisors artefact/artifact "
        "artefacts/artifacts paediatric/pediatric paediatrics/pediatrics storey/story jewellery/jewelry "
        "liveable/livable liveability/livability sizeable/sizable manoeuvre/maneuver encyclopaedia/encyclopedia "
        "disc/disk learnt/learned spelt/spelled focussed/focused focussing/focusing benefitted/benefited "
        "acknowledgement/acknowledgment councillor/councilor councillors/councilors counsellor/counselor "
        "counsellors/counselors macau/macao"
    ).split()
)
#: Words in -ise and -yse that are spelt so on both sides; both sides fold alike, so only short ones matter.
_LEAST = 6


@lru_cache(maxsize=65536)
def one_spelling(word: str) -> str:
    """A lower-case word in the spelling that stands for all of its spellings; no word to be printed."""
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word)
        plain = "".join(c for c in parts if not unicodedata.combining(c))
        word = plain if plain.isascii() else word
    known = _WORDS.get(word)
    if known is not None:
        return known
    word = _OUR.sub(r"\1or", word)
    centre = _RE.match(word)
    if centre:
        word = f"{centre.group(1)}er{'s' if word.endswith('s') else ''}" if centre.group(1) else "centered"
    word = _LL.sub(r"\1\2", word)
    return _ISE.sub(r"\1z\2", word) if len(word) >= _LEAST else word
