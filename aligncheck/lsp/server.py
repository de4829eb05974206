"""The server: the protocol's messages on one side, the desk's views on the other (pygls)."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from aligncheck import __version__
from aligncheck.errors import AligncheckError
from aligncheck.lsp.answers import (
    Shown,
    View,
    completions,
    fixes,
    hover_text,
    linked_clause,
    other,
    shown_findings,
)
from aligncheck.lsp.pairs import Pair, message_of, pair_of, pairs_below
from aligncheck.lsp.places import Point, Spot
from aligncheck.lsp.state import Desk
from aligncheck.lsp.waive import REASONS, waive
from aligncheck.lsp.work import Done
from aligncheck.model import Finding, Severity
from aligncheck.reports.base import PAGES

WAIVE = "aligncheck.waive"
_LEVELS = {
    Severity.CRITICAL: lsp.DiagnosticSeverity.Error,
    Severity.MAJOR: lsp.DiagnosticSeverity.Error,
    Severity.MINOR: lsp.DiagnosticSeverity.Warning,
    Severity.NEUTRAL: lsp.DiagnosticSeverity.Hint,
}


class _Protocol(LanguageServerProtocol):
    """The protocol, but for where pygls does other than is needed here: columns, and commands that are cancelled."""

    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(self, params: lsp.InitializeParams) -> Generator[Any, Any, lsp.InitializeResult]:
        """Count columns in UTF-16 units, as :mod:`aligncheck.lsp.places` does and every client can."""
        general = params.capabilities.general
        if general is not None:
            general.position_encodings = [lsp.PositionEncodingKind.Utf16]
        return (yield from super().lsp_initialize(params))

    @lsp_method(lsp.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: lsp.ExecuteCommandParams
    ) -> Any:
        """Run a command in the request's own task, so that it ends with it."""
        if params.command != WAIVE:
            raise JsonRpcInvalidParams(f"There is no command {params.command!r}")
        arguments = [str(a) for a in params.arguments or ()]
        if not 2 <= len(arguments) <= 3:
            raise JsonRpcInvalidParams(f"{WAIVE} takes a URI, a finding's id and perhaps a reason")
        return await self.fm.commands[WAIVE](*arguments)


class Server(LanguageServer):
    """A language server with its desk."""

    def __init__(self) -> None:
        super().__init__("aligncheck", __version__, protocol_cls=_Protocol)
        self.desk = Desk(self.buffers, self.tell)
        self.language = "en"
        #: URI -> what is wrong with its pair as a whole.
        self.wrong: dict[str, list[lsp.Diagnostic]] = {}

    def buffers(self, pair: Pair) -> Mapping[str, tuple[str, int | None]]:
        """The texts of the open buffers of a pair."""
        found: dict[str, tuple[str, int | None]] = {}
        for document in self.workspace.text_documents.values():
            path = _path(document.uri)
            if path in (pair.source, pair.target):
                found[pair.side_of(path)] = (document.source, document.version)
        return found

    def uri(self, path: str) -> str:
        """The URI of a path, as the client writes it where it has the file open."""
        for uri in self.workspace.text_documents:
            if _path(uri) == path:
                return str(uri)
        return uris.from_fs_path(path) or ""

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics itself."""
        text = self.client_capabilities.text_document
        return text is not None and text.diagnostic is not None

    def say(self, en: str, zh: str) -> str:
        """The words in the client's language."""
        return zh if self.language == "zh" else en

    def at_hand(self, uri: str) -> tuple[Pair, str, View] | None:
        """The pair, side and last view of a file; None before its first check, or without a pair."""
        path = _path(uri)
        try:
            pair = pair_of(path)
        except AligncheckError:
            return None
        view = self.desk.views.get(pair.key)
        return None if view is None else (pair, pair.side_of(path), view)

    def look(self, uri: str) -> None:
        """Check the pair of an open file soon; say what is wrong where it has none."""
        path = _path(uri)
        if not path:
            return
        try:
            pair = pair_of(path)
        except AligncheckError as error:
            self.complain(uri, message_of(error))
            return
        self.wrong.pop(uri, None)
        self.desk.schedule(pair)

    def complain(self, uri: str, text: str, line: int = 0) -> None:
        """Show at a file's beginning what keeps it from being checked."""
        at = lsp.Position(max(0, line - 1), 0)
        self.wrong[uri] = [
            lsp.Diagnostic(
                lsp.Range(at, at), text, lsp.DiagnosticSeverity.Warning, code="pair", source="aligncheck"
            )
        ]
        self.publish(uri)

    async def tell(self, pair: Pair, done: Done, view: View | None) -> None:
        """Show what a check has found in the files of a pair that are open."""
        for uri in list(self.workspace.text_documents):
            if _path(uri) not in (pair.source, pair.target):
                continue
            if view is None and not done.alone:
                self.complain(uri, done.wrong, done.wrong_line)
            else:
                self.wrong.pop(uri, None)
                self.publish(uri)
        support = self.client_capabilities.workspace
        if self.pulls and support and support.diagnostics and support.diagnostics.refresh_support:
            with contextlib.suppress(Exception):
                await self.workspace_diagnostic_refresh_async(None)

    def publish(self, uri: str) -> None:
        """Send a file's diagnostics, unless the client asks for them."""
        if not self.pulls:
            document = self.workspace.text_documents.get(uri)
            version = document.version if document is not None else None
            self.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(uri, self.diagnostics(uri), version)
            )

    def diagnostics(self, uri: str) -> list[lsp.Diagnostic]:
        """A file's diagnostics as they are known now."""
        if uri in self.wrong:
            return self.wrong[uri]
        at_hand = self.at_hand(uri)
        if at_hand is None:
            return []
        pair, side, view = at_hand
        sides = (side,) if pair.target else ("source", "target")
        found = {s.finding.id: s for name in reversed(sides) for s in shown_findings(view, name)}
        shown = sorted(found.values(), key=lambda s: s.start)
        return [self._diagnostic(pair, side, s) for s in shown]

    def _diagnostic(self, pair: Pair, side: str, shown: Shown) -> lsp.Diagnostic:
        finding = shown.finding
        uri = self.uri(pair.path(other(side)))
        related = [
            lsp.DiagnosticRelatedInformation(lsp.Location(uri, _range(start, end)), text)
            for start, end, text in shown.related
        ]
        return lsp.Diagnostic(
            _range(shown.start, shown.end),
            self.say(finding.message.en, finding.message.zh),
            _LEVELS[finding.severity],
            code=finding.check,
            code_description=lsp.CodeDescription(PAGES + finding.check),
            source="aligncheck",
            related_information=related or None,
            data={"id": finding.id},
        )

    def spot(self, uri: str, position: lsp.Position) -> tuple[View, str, Spot] | None:
        """The view, side and code point of a place in a file."""
        at_hand = self.at_hand(uri)
        if at_hand is None:
            return None
        pair, side, view = at_hand
        for name in (side,) if pair.target else ("source", "target"):
            spot = view.maps[name].spot(position.line, position.character)
            if spot is not None:
                return view, name, spot
        return None

    def finding(self, uri: str, identity: str) -> tuple[Pair, str, View, Finding] | None:
        """A finding of a file by its id."""
        at_hand = self.at_hand(uri)
        if at_hand is None:
            return None
        pair, side, view = at_hand
        found = next((f for f in view.report.findings if f.id == identity), None)
        return None if found is None else (pair, side, view, found)


def _path(uri: str) -> str:
    """The real path of a URI; empty for what is no file."""
    path = uris.to_fs_path(uri) if uri.startswith("file:") else None
    return os.path.realpath(path) if path else ""


def _range(start: Point, end: Point) -> lsp.Range:
    return lsp.Range(lsp.Position(*start), lsp.Position(*end))


def make_server() -> Server:
    """A server with all that it answers; it begins with ``start_io()``."""
    server = Server()
    _life(server)
    _asking(server)
    _doing(server)
    return server


def _life(server: Server) -> None:
    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        options = params.initialization_options
        wanted = options.get("language") if isinstance(options, dict) else None
        server.language = "zh" if str(wanted or params.locale or "").lower().startswith("zh") else "en"

    @server.feature(lsp.SHUTDOWN)
    def shutdown(params: Any = None) -> None:
        server.desk.workers.close()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.look(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.look(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.look(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        _gone(server, params.text_document.uri)

    @server.feature(lsp.WORKSPACE_DID_RENAME_FILES)
    async def renamed(params: lsp.RenameFilesParams) -> None:
        for file in params.files:
            _gone(server, file.old_uri)
        for uri in list(server.workspace.text_documents):
            server.look(uri)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def outside(params: lsp.DidChangeWatchedFilesParams) -> None:
        for uri in list(server.workspace.text_documents):
            server.look(uri)


def _gone(server: Server, uri: str) -> None:
    """A file is no longer looked at: nothing of it is shown, what is on its way is stopped."""
    server.wrong.pop(uri, None)
    with contextlib.suppress(AligncheckError):
        pair = pair_of(_path(uri))
        others = {_path(u) for u in server.workspace.text_documents if u != uri}
        if others.isdisjoint((pair.source, pair.target)):
            server.desk.forget(pair.key)
        else:
            server.desk.schedule(pair)
    if not server.pulls:
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def _asking(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        found = server.spot(params.text_document.uri, params.position)
        text = hover_text(*found, server.language) if found else ""
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        found = server.spot(params.text_document.uri, params.position)
        at_hand = server.at_hand(params.text_document.uri)
        if found is None or at_hand is None:
            return None
        view, side, spot = found
        number = view.bead_at(side, spot)
        if number is None:
            return None
        bead = view.report.alignments[number]
        clause = linked_clause(bead, side, spot)
        place = view.range_of(other(side), clause) if clause else view.passage_range(other(side), bead)
        return lsp.Location(server.uri(at_hand[0].path(other(side))), _range(*place)) if place else None

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION)
    def complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        found = server.spot(params.text_document.uri, params.position)
        items = [
            lsp.CompletionItem(english, kind=lsp.CompletionItemKind.Text, detail=chinese, sort_text=f"{n:04}")
            for n, (english, chinese) in enumerate(completions(*found) if found else ())
        ]
        return lsp.CompletionList(is_incomplete=False, items=items)

    @server.feature(
        lsp.TEXT_DOCUMENT_DIAGNOSTIC,
        lsp.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="aligncheck"
        ),
    )
    async def diagnostic(params: lsp.DocumentDiagnosticParams) -> lsp.RelatedFullDocumentDiagnosticReport:
        return lsp.RelatedFullDocumentDiagnosticReport(server.diagnostics(params.text_document.uri))

    @server.feature(lsp.WORKSPACE_DIAGNOSTIC)
    async def everywhere(params: lsp.WorkspaceDiagnosticParams) -> lsp.WorkspaceDiagnosticReport:
        items: list[Any] = []
        for pair in _pairs(server):
            if pair.key not in server.desk.views:
                done = await server.desk.check(pair)
                if done.report is None and not done.alone:
                    uri = server.uri(pair.source)
                    server.complain(uri, done.wrong, done.wrong_line)
            for path in filter(None, (pair.source, pair.target)):
                uri = server.uri(path)
                document = server.workspace.text_documents.get(uri)
                items.append(
                    lsp.WorkspaceFullDocumentDiagnosticReport(
                        uri, server.diagnostics(uri), document.version if document else None
                    )
                )
            await asyncio.sleep(0)  # a cancelled request ends here
        return lsp.WorkspaceDiagnosticReport(items)


def _pairs(server: Server) -> Iterator[Pair]:
    folders = [_path(f.uri) for f in server.workspace.folders.values()]
    folders = folders or [p for p in (server.workspace.root_path,) if p]
    for folder in folders:
        with contextlib.suppress(AligncheckError):
            yield from pairs_below(folder)


def _doing(server: Server) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]),
    )
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        found: list[lsp.CodeAction] = []
        for diagnostic in params.context.diagnostics:
            identity = diagnostic.data.get("id") if isinstance(diagnostic.data, dict) else None
            known = server.finding(uri, str(identity)) if identity else None
            if known is None:
                continue
            _, side, view, finding = known
            for offer in fixes(view, side, finding, server.language):
                edit = lsp.TextEdit(_range(offer.start, offer.end), offer.text)
                found.append(
                    lsp.CodeAction(
                        offer.title,
                        kind=lsp.CodeActionKind.QuickFix,
                        diagnostics=[diagnostic],
                        is_preferred=True,
                        edit=lsp.WorkspaceEdit(changes={uri: [edit]}),
                    )
                )
            title = server.say(f"Waive this finding ({finding.check}) …", f"豁免此问题（{finding.check}）…")
            found.append(
                lsp.CodeAction(
                    title,
                    kind=lsp.CodeActionKind.QuickFix,
                    diagnostics=[diagnostic],
                    command=lsp.Command(title, WAIVE, arguments=[uri, finding.id]),
                )
            )
        return found

    @server.command(WAIVE)
    async def waive_finding(uri: str, identity: str, reason: str = "") -> str | None:
        known = server.finding(uri, identity)
        if known is None:
            server.window_show_message(
                lsp.ShowMessageParams(
                    lsp.MessageType.Warning,
                    server.say("This finding is not there any more.", "此问题已不存在。"),
                )
            )
            return None
        pair, _, view, finding = known
        if not reason.strip():
            reason = await _asked(server, finding)
        if not reason:
            return None
        try:
            path = waive(pair, finding, reason)
            server.desk.rewaived(pair.key, view, pair)
        except AligncheckError as error:
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, message_of(error)))
            return None
        for open_uri in list(server.workspace.text_documents):
            if _path(open_uri) in (pair.source, pair.target):
                server.publish(open_uri)
        return str(Path(path))


async def _asked(server: Server, finding: Finding) -> str:
    """The reason that the user chooses; empty where none is given."""
    said = {server.say(*words): words[0] for words in REASONS}
    question = server.window_show_message_request_async(
        lsp.ShowMessageRequestParams(
            lsp.MessageType.Info,
            server.say(f"Why may it stay? {finding.message.en}", f"为何可以保留？{finding.message.zh}"),
            [lsp.MessageActionItem(title) for title in said],
        )
    )
    # The question stays on the user's screen when the command is cancelled: its answer must find somebody.
    chosen = await asyncio.shield(question)
    return chosen.title if chosen is not None else ""
