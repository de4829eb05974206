"""Archives that are no folders: a packed file, a URL."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from aligncheck.archive.remote import copied, url_of
from aligncheck.errors import InputError

from .conftest import Archive

fsspec = pytest.importorskip("fsspec")
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def packed(archive: Archive, path: Path, more: dict[str, str] | None = None) -> Path:
    """The archive as a ZIP file, with further members."""
    with zipfile.ZipFile(path, "w") as out:
        for file in sorted(archive.root.rglob("*.txt")):
            out.write(file, file.relative_to(archive.root).as_posix())
        for name, text in (more or {}).items():
            out.writestr(name, text)
    return path


def test_a_packed_archive_is_like_its_folder(archive: Archive, tmp_path: Path) -> None:
    archive.run()
    plain = archive.content()
    zipped = packed(
        archive, tmp_path / "archive.zip", {"photo.jpg": "x", "../escape.txt": "全年新建学校24所。"}
    )
    archive.root, archive.out = zipped, tmp_path / "zipped"
    code, _, err = archive.run()
    assert code == 1, err
    assert "../escape.txt: its name leads out of the archive" in err
    assert not (tmp_path / "escape.txt").exists()
    got = archive.content()
    same = ("unit", "finding", "bead", "v_years")
    assert {n: got[n] for n in same} == {n: plain[n] for n in same}
    archive.checked.clear()
    archive.run()
    assert archive.checked == [], "what is unchanged is not checked again"


def test_what_changes_is_copied_again_and_what_goes_is_forgotten(archive: Archive, tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.pipe("/reports/a.txt", "新建学校24所。".encode())
    system.pipe("/reports/b.txt", b"Built.")
    first = copied("memory://reports", tmp_path).folder
    assert {p.name for p in first.glob("*.txt")} == {"a.txt", "b.txt"}
    system.rm("/reports/b.txt")
    system.pipe("/reports/a.txt", "新建学校25所，改建3所。".encode())
    again = copied("memory://reports", tmp_path).folder
    assert {p.name: p.read_text(encoding="utf-8") for p in again.glob("*.txt")} == {
        "a.txt": "新建学校25所，改建3所。"
    }
    assert os.path.samefile(first, again)


def test_what_cannot_be_fetched_is_told(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert url_of(str(archive.root)) == ""
    assert url_of("s3://reports/2024") == "s3://reports/2024"
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no zip at all")
    for url in ("nosuchkind://x/y", url_of(str(tmp_path / "broken.zip"))):
        with pytest.raises(InputError):
            copied(url, tmp_path / "out")
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(InputError, match="a package is missing") as caught:
        copied("s3://user:secret@host/x", tmp_path / "out")
    assert "secret" not in str(caught.value)


def test_an_object_store(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs")
    moto = pytest.importorskip("moto.server")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        system = fsspec.filesystem("s3", endpoint_url=f"http://{host}:{port}", skip_instance_cache=True)
        system.mkdir("reports")
        system.pipe("reports/2024/a.zh.txt", "全年新建学校24所。".encode())
        folder = copied("s3://reports", tmp_path).folder
        assert (folder / "2024/a.zh.txt").read_text(encoding="utf-8") == "全年新建学校24所。"
    finally:
        server.stop()
