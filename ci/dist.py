"""Build the sdist and the wheel so that the same commit gives the same bytes, wherever and whenever.

    python ci/dist.py [FOLDER]

The time in them is SOURCE_DATE_EPOCH, or else that of the commit.  Needs setuptools and wheel, no network.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def steady_sdist(data: bytes, epoch: int) -> bytes:
    """The same tarball in order of names, without owners, clocks and the builder's umask."""
    packed = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as old,
        gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=9, mtime=epoch) as out,
        tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in sorted(old.getmembers(), key=lambda m: m.name):
            content = old.extractfile(member)
            member.mtime, member.uid, member.gid, member.uname, member.gname = epoch, 0, 0, "", ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            member.pax_headers = {}
            new.addfile(member, content)
    return packed.getvalue()


def steady_wheel(data: bytes, epoch: int) -> bytes:
    """The same wheel in order of names (RECORD last), with one time and plain modes."""
    import datetime

    moment = datetime.datetime.fromtimestamp(max(epoch, 315_532_800), datetime.timezone.utc)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in sorted(old.namelist(), key=lambda n: (n.endswith("/RECORD"), n)):
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            new.writestr(entry, old.read(name))
    return packed.getvalue()


def epoch_of() -> int:
    """The time that everything carries."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    log = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(log.stdout)


def main(folder: str = "dist") -> int:
    """Build both, and print the SHA-256 of each."""
    epoch = epoch_of()
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    os.chdir(ROOT)
    os.umask(0o022)
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # what an older build left would be packed too
    for kind, steady in (("sdist", steady_sdist), ("wheel", steady_wheel)):
        # In a process of its own: setuptools keeps what it has seen.
        made = subprocess.run(
            [
                sys.executable,
                "-c",
                f"import sys; from setuptools import build_meta as b; "
                f"print(b.build_{kind}(sys.argv[1]), file=sys.stderr)",
                folder,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )
        path = Path(folder) / made.stderr.strip().splitlines()[-1]
        path.write_bytes(steady(path.read_bytes(), epoch))
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
