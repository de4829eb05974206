"""What is missing, added, moved, merged or left untranslated."""
