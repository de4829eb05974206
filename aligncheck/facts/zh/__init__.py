"""The grammar of facts in Chinese text, one module a kind."""
