"""The language server: the checks where translators work, in the editor.

:mod:`aligncheck.lsp.server` speaks the protocol (pygls), :mod:`aligncheck.lsp.incremental` checks a pair
anew after an edit, :mod:`aligncheck.lsp.answers` makes answers of a report; both know nothing of pygls.
"""
