"""Official terms, acronyms and consistency."""
