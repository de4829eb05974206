"""The grammar of facts in English text, one module a kind."""
