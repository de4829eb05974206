"""Words that say something else than the Chinese."""
