"""What the words of a text are, for all rooms: where they stand, their common form, whether they carry content."""

from aligncheck.words.cut import chinese_spans, english_spans, spans
from aligncheck.words.forms import fold, form_of, is_form_word

__all__ = ["chinese_spans", "english_spans", "fold", "form_of", "is_form_word", "spans"]
