"""The server over the protocol, spoken to by a client library as an editor would."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")
pytest.importorskip("pytest_lsp")

import pytest_asyncio
from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = """港口工作简报
全年新建学校12所。
新增绿地350公顷，种植树木4万株。
培训教师4800人次，𠮷林路小学投入使用。
我市深化供给侧结构性改革，推动高质量发展。
"""
EN = """Briefing on the Work of the Port
A total of 12 schools were built in the year.
The city added 350 hectares of green space and planted 40,000 trees.
In all, 4,800 teachers were trained, and the 𠮷lin Road primary school opened.
The city adhered to supply-side structural reform and promoted high-quality development.
"""
TOML = '[[pairs]]\nsource = "{name}.zh.txt"\ntarget = "{name}.en.txt"\n'
COMMAND = [sys.executable, "-m", "aligncheck", "lsp"]


class Editor:
    """A client with a folder, and what an editor does with it."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.root = client, root
        self.versions: dict[str, int] = {}

    def uri(self, name: str) -> str:
        return uris.from_fs_path(os.path.realpath(self.root / name)) or ""

    def open(self, name: str, text: str | None = None) -> None:
        text = (self.root / name).read_text(encoding="utf-8") if text is None else text
        self.versions[name] = 1
        item = lsp.TextDocumentItem(self.uri(name), "plaintext", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def change(self, name: str, text: str) -> None:
        self.versions[name] += 1
        identity = lsp.VersionedTextDocumentIdentifier(uri=self.uri(name), version=self.versions[name])
        whole = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identity, [whole]))

    def close(self, name: str) -> None:
        identity = lsp.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(identity))

    async def shown(self, name: str, right: Callable[[list[lsp.Diagnostic]], object]) -> list[lsp.Diagnostic]:
        """The diagnostics of a file, once they are as expected."""
        uri = self.uri(name)
        for _ in range(400):
            found = self.client.diagnostics.get(uri)
            if found is not None and right(list(found)):
                return list(found)
            await asyncio.sleep(0.05)
        raise AssertionError(f"still {self.client.diagnostics.get(uri)}")

    def place(self, name: str, text: str, word: str, behind: int = 0) -> lsp.TextDocumentPositionParams:
        for number, row in enumerate(text.splitlines()):
            if word in row:
                column = len(row[: row.index(word) + behind].encode("utf-16-le")) // 2
                return lsp.TextDocumentPositionParams(
                    lsp.TextDocumentIdentifier(self.uri(name)), lsp.Position(number, column)
                )
        raise AssertionError(word)


def pushed() -> lsp.ClientCapabilities:
    """What an editor can do that is sent diagnostics instead of asking for them."""
    able = client_capabilities("neovim")
    assert able.text_document is not None
    able.text_document.diagnostic = None
    return able


async def started(root: Path, locale: str = "en", command: Sequence[str] = COMMAND) -> LanguageClient:
    client = make_test_lsp_client()
    await client.start_io(*command, cwd=str(root), env={**os.environ, "ALIGNCHECK_DEBUG": "1"})
    await client.initialize_session(
        lsp.InitializeParams(
            capabilities=pushed(),
            locale=locale,
            workspace_folders=[lsp.WorkspaceFolder(uris.from_fs_path(str(root)) or "", "office")],
        )
    )
    return client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LanguageClient]:
    root = tmp_path_factory.mktemp("office")
    made = await started(root)
    yield made
    await made.shutdown_session()
    await made.stop()


@pytest.fixture
def editor(client: LanguageClient, tmp_path: Path) -> Editor:
    (tmp_path / "aligncheck.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "plan.zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "plan.en.txt").write_text(EN, encoding="utf-8")
    return Editor(client, tmp_path)


def numbers(found: list[lsp.Diagnostic]) -> list[lsp.Diagnostic]:
    return [d for d in found if d.code == "quantities"]


async def test_findings_come_and_go_as_one_types(editor: Editor) -> None:
    editor.open("plan.en.txt")
    await editor.shown("plan.en.txt", lambda d: not numbers(d))
    wrong = EN.replace("350", "530").replace("4,800", "8,400")
    editor.change("plan.en.txt", wrong)
    found = numbers(await editor.shown("plan.en.txt", lambda d: len(numbers(d)) == 2))
    first, second = sorted(found, key=lambda d: d.range.start.line)
    assert (first.range.start.line, first.severity, first.source) == (
        2,
        lsp.DiagnosticSeverity.Error,
        "aligncheck",
    )
    row = wrong.splitlines()[2]
    assert "530" in row[first.range.start.character : first.range.end.character]
    assert first.code_description is not None
    assert first.code_description.href.endswith("#quantities")
    (related,) = first.related_information or ()
    assert related.location.uri == editor.uri("plan.zh.txt")
    assert "350" in related.message
    assert second.range.start.line == 3
    # A line comes in above: the findings move down with their text.
    editor.change("plan.en.txt", "\n" + wrong)
    await editor.shown("plan.en.txt", lambda d: sorted(n.range.start.line for n in numbers(d)) == [3, 4])
    editor.change("plan.en.txt", EN)
    await editor.shown("plan.en.txt", lambda d: not numbers(d))
    editor.close("plan.en.txt")


async def test_hover_definition_completion_in_utf_16(editor: Editor) -> None:
    editor.open("plan.en.txt")
    await editor.shown("plan.en.txt", lambda d: True)
    behind = editor.place("plan.en.txt", EN, "primary")
    assert behind.position.character != EN.splitlines()[3].index("primary"), "two units for one character"
    hover = await editor.client.text_document_hover_async(lsp.HoverParams(**_parts(behind)))
    assert hover is not None
    assert "培训教师4800人次" in hover.contents.value
    where = await editor.client.text_document_definition_async(lsp.DefinitionParams(**_parts(behind)))
    assert where.uri == editor.uri("plan.zh.txt")
    assert where.range.start.line == 3
    back = lsp.DefinitionParams(
        lsp.TextDocumentIdentifier(editor.uri("plan.zh.txt")),
        lsp.Position(2, ZH.splitlines()[2].index("种植")),
    )
    there = await editor.client.text_document_definition_async(back)
    assert there.uri == editor.uri("plan.en.txt")
    assert there.range.start.line == 2
    at = editor.place("plan.en.txt", EN, "adhered")
    offered = await editor.client.text_document_completion_async(lsp.CompletionParams(**_parts(at)))
    assert ("high-quality development", "高质量发展") in [(i.label, i.detail) for i in offered.items]
    nowhere = lsp.HoverParams(lsp.TextDocumentIdentifier(editor.uri("plan.en.txt")), lsp.Position(99, 500))
    assert await editor.client.text_document_hover_async(nowhere) is None
    editor.close("plan.en.txt")


async def test_hover_shows_the_word_that_a_word_renders(editor: Editor) -> None:
    async def hover(name: str, text: str, word: str, behind: int = 0) -> str:
        at = editor.place(name, text, word, behind)
        found = await editor.client.text_document_hover_async(lsp.HoverParams(**_parts(at)))
        return found.contents.value if found is not None else ""

    editor.open("plan.en.txt")
    await editor.shown("plan.en.txt", lambda d: True)
    trees = await hover("plan.en.txt", EN, "trees", 2)
    assert re.search(r"\*\*trees\*\* ⇄ 树木 \((0\.[3-9]\d|1\.00)\)", trees), trees
    teachers = await hover("plan.en.txt", EN, "teachers")
    assert "**teachers** ⇄ 教师 (" in teachers
    # The other way round, and a word behind a character that takes two units.
    assert "**树木** ⇄ trees (" in await hover("plan.zh.txt", ZH, "树木")
    assert "**school** ⇄ 小学 (" in await hover("plan.en.txt", EN, "school opened")
    # The entry of the term that the word belongs to stands out from the passage's other terms.
    quality = await hover("plan.en.txt", EN, "development")
    assert "**高质量发展** → high-quality development" in quality
    assert "**供给侧结构性改革**" not in quality
    assert "供给侧结构性改革 → supply-side structural reform" in quality
    # What an edit does not touch keeps its words; what it touches is linked anew.
    wrong = "\n" + EN.replace("40,000 trees", "90,000 saplings")
    editor.change("plan.en.txt", wrong)
    await editor.shown("plan.en.txt", numbers)
    assert "**teachers** ⇄ 教师 (" in await hover("plan.en.txt", wrong, "teachers")
    assert "**hectares** ⇄ 公顷 (" in await hover("plan.en.txt", wrong, "hectares")
    editor.close("plan.en.txt")


def _parts(params: lsp.TextDocumentPositionParams) -> dict[str, Any]:
    return {"text_document": params.text_document, "position": params.position}


async def test_columns_are_utf_16_whatever_a_client_would_rather_have(tmp_path: Path) -> None:
    able = pushed()
    assert able.general is not None
    able.general.position_encodings = [lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf16]
    client = make_test_lsp_client()
    await client.start_io(*COMMAND, cwd=str(tmp_path), env=dict(os.environ))
    answer = await client.initialize_session(lsp.InitializeParams(capabilities=able))
    assert answer.capabilities.position_encoding == lsp.PositionEncodingKind.Utf16
    await client.shutdown_session()
    await client.stop()


async def test_actions_put_in_the_figure_and_waive_with_a_reason(editor: Editor) -> None:
    editor.open("plan.en.txt", EN.replace("350", "530"))
    (finding,) = numbers(await editor.shown("plan.en.txt", lambda d: len(numbers(d)) == 1))
    actions = await editor.client.text_document_code_action_async(
        lsp.CodeActionParams(
            lsp.TextDocumentIdentifier(editor.uri("plan.en.txt")),
            finding.range,
            lsp.CodeActionContext([finding]),
        )
    )
    fix = next(a for a in actions if getattr(a, "edit", None) is not None)
    (edit,) = fix.edit.changes[editor.uri("plan.en.txt")]
    assert "350" in edit.new_text
    assert any("Waive" in a.title for a in actions)
    reason = "the bureau revised it"
    path = await editor.client.workspace_execute_command_async(
        lsp.ExecuteCommandParams("aligncheck.waive", [editor.uri("plan.en.txt"), finding.data["id"], reason])
    )
    assert Path(path).name == "waivers.txt"
    written = (editor.root / "waivers.txt").read_text(encoding="utf-8")
    assert f"reason = {reason}" in written
    assert "check = quantities (number)" in written
    await editor.shown("plan.en.txt", lambda d: not numbers(d))
    editor.close("plan.en.txt")


async def test_workspace_diagnostic(editor: Editor) -> None:
    folder = lsp.WorkspaceFolder(uris.from_fs_path(str(editor.root)) or "", "second")
    (editor.root / "plan.en.txt").write_text(EN.replace("350", "530"), encoding="utf-8")
    editor.client.workspace_did_change_workspace_folders(
        lsp.DidChangeWorkspaceFoldersParams(lsp.WorkspaceFoldersChangeEvent([folder], []))
    )
    found = await editor.client.workspace_diagnostic_async(
        lsp.WorkspaceDiagnosticParams(previous_result_ids=[])
    )
    by_uri = {item.uri: item.items for item in found.items}
    assert numbers(by_uri[editor.uri("plan.en.txt")])


async def test_closed_half_way_renamed_and_without_a_partner(editor: Editor) -> None:
    editor.open("plan.en.txt", EN.replace("350", "530"))
    editor.close("plan.en.txt")  # before the check has begun
    await editor.shown("plan.en.txt", lambda d: d == [])
    editor.open("plan.en.txt", EN.replace("350", "530"))
    await editor.shown("plan.en.txt", numbers)
    os.rename(editor.root / "plan.en.txt", editor.root / "scheme.en.txt")
    editor.close("plan.en.txt")
    editor.open("scheme.en.txt", EN)
    old, new = editor.uri("plan.en.txt"), editor.uri("scheme.en.txt")
    editor.client.workspace_did_rename_files(lsp.RenameFilesParams([lsp.FileRename(old, new)]))
    (told,) = await editor.shown("scheme.en.txt", lambda d: len(d) == 1)
    assert "its partner scheme.zh.txt is missing" in told.message
    assert not editor.client.diagnostics[old]
    os.rename(editor.root / "plan.zh.txt", editor.root / "scheme.zh.txt")
    change = lsp.FileEvent(editor.uri("scheme.zh.txt"), lsp.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([change]))
    await editor.shown("scheme.en.txt", lambda d: all(x.code != "pair" for x in d))
    editor.close("scheme.en.txt")


async def test_what_is_wrong_is_told_and_the_server_lives(editor: Editor) -> None:
    (editor.root / "aligncheck.toml").write_text("nonsense", encoding="utf-8")
    editor.open("plan.en.txt")
    (told,) = await editor.shown("plan.en.txt", lambda d: len(d) == 1)
    assert "aligncheck.toml" in told.message
    (editor.root / "aligncheck.toml").write_text(TOML, encoding="utf-8")
    editor.change("plan.en.txt", " \n")
    (told,) = await editor.shown("plan.en.txt", lambda d: d and "holds no text" in d[0].message)
    writer = editor.client._server.stdin if hasattr(editor.client, "_server") else None
    if writer is not None:
        writer.write(b"Content-Length: 9\r\n\r\n{garbage]")
        writer.write(b'Content-Length: 44\r\n\r\n{"jsonrpc":"2.0","id":77,"method":"no/such"}')
    editor.change("plan.en.txt", EN.replace("350", "530"))
    await editor.shown("plan.en.txt", numbers)
    editor.close("plan.en.txt")


async def test_no_configuration(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path)
    (tmp_path / "alone.txt").write_text("Just English, nothing to compare with.\n", encoding="utf-8")
    rows = [f"{z}\n{e}" for z, e in zip(ZH.splitlines(), EN.replace("350", "530").splitlines(), strict=True)]
    (tmp_path / "both.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    editor.open("alone.txt")
    assert await editor.shown("alone.txt", lambda d: True) == []
    editor.open("both.txt")
    await editor.shown("both.txt", numbers)
    editor.close("both.txt")
    editor.close("alone.txt")


#: A server whose checks never end, so that a request that needs one is sure to be under way.
ENDLESS = """
import asyncio, os
from aligncheck.lsp.server import make_server
server = make_server()
async def run(job):
    await asyncio.get_running_loop().create_future()
server.desk.workers.run = run
server.start_io(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
"""


def asked(client: LanguageClient, identity: str, method: str, params: object) -> Awaitable[Any]:
    """Send a request now, not when its answer is awaited."""
    return asyncio.wrap_future(client.protocol.send_request(method, params, msg_id=identity))


async def cancelled(client: LanguageClient, identity: str, answer: Awaitable[Any]) -> None:
    """Cancel a request; the server must answer that it did."""
    client.cancel_request(lsp.CancelParams(identity))
    with pytest.raises(JsonRpcException) as told:
        await asyncio.wait_for(answer, 15)
    assert told.value.code == lsp.LSPErrorCodes.RequestCancelled


async def test_a_cancelled_question_to_the_user_changes_nothing(editor: Editor) -> None:
    editor.open("plan.en.txt", EN.replace("350", "530"))
    (finding,) = numbers(await editor.shown("plan.en.txt", lambda d: len(numbers(d)) == 1))
    shown, answered = asyncio.Event(), asyncio.Event()

    @editor.client.feature(lsp.WINDOW_SHOW_MESSAGE_REQUEST)
    async def ask(params: lsp.ShowMessageRequestParams) -> lsp.MessageActionItem:
        shown.set()
        await answered.wait()
        assert params.actions
        return params.actions[0]

    # Just what the quick fix asks for, whose command the client library cannot take apart.
    command = lsp.ExecuteCommandParams("aligncheck.waive", [editor.uri("plan.en.txt"), finding.data["id"]])
    answer = asked(editor.client, "waive-1", lsp.WORKSPACE_EXECUTE_COMMAND, command)
    await asyncio.wait_for(shown.wait(), 15)
    await cancelled(editor.client, "waive-1", answer)
    answered.set()
    # The late answer is for nobody; a request behind it shows that it has been read.
    at = editor.place("plan.en.txt", EN, "primary")
    assert await editor.client.text_document_hover_async(lsp.HoverParams(**_parts(at))) is not None
    assert not (editor.root / "waivers.txt").exists()
    assert numbers(list(editor.client.diagnostics[editor.uri("plan.en.txt")]))
    # Not cancelled, the same command waives for the reason that was chosen.
    path = await editor.client.workspace_execute_command_async(command)
    assert Path(path).name == "waivers.txt"
    await editor.shown("plan.en.txt", lambda d: not numbers(d))
    nonsense = lsp.ExecuteCommandParams("aligncheck.nonsense", [])
    with pytest.raises(JsonRpcException, match=r"aligncheck\.nonsense"):
        await editor.client.workspace_execute_command_async(nonsense)
    editor.close("plan.en.txt")


async def test_a_cancelled_look_through_the_folder_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "aligncheck.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "plan.zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "plan.en.txt").write_text(EN, encoding="utf-8")
    client = await started(tmp_path, command=[sys.executable, "-c", ENDLESS])
    params = lsp.WorkspaceDiagnosticParams(previous_result_ids=[])
    for identity in ("look-1", "look-2"):
        answer = asked(client, identity, lsp.WORKSPACE_DIAGNOSTIC, params)
        await cancelled(client, identity, answer)
    # One that is not known is no reason to stop.
    client.cancel_request(lsp.CancelParams("never-asked"))
    at = lsp.HoverParams(
        lsp.TextDocumentIdentifier(uris.from_fs_path(str(tmp_path)) or ""), lsp.Position(0, 0)
    )
    assert await client.text_document_hover_async(at) is None
    await client.shutdown_session()
    await client.stop()
