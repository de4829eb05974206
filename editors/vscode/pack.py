"""Packs the extension into a .vsix without any tool of npm: a zip with a manifest, as VS Code wants it."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent
FILES = ("package.json", "extension.js", "README.md")
#: The same bytes from the same files, whenever they are packed.
MOMENT = (2020, 1, 1, 0, 0, 0)

CONTENT_TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension=".json" ContentType="application/json"/>
<Default Extension=".vsixmanifest" ContentType="text/xml"/>
<Default Extension=".js" ContentType="application/javascript"/>
<Default Extension=".md" ContentType="text/markdown"/>
<Default Extension=".txt" ContentType="text/plain"/>
<Default Extension=".ts" ContentType="text/plain"/>
<Default Extension=".map" ContentType="application/json"/>
</Types>
"""


def manifest(package: dict[str, object]) -> str:
    """The VSIX manifest (schema 2011) of an extension."""
    engines = package["engines"]
    assert isinstance(engines, dict)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata>
<Identity Language="en-US" Id={quoteattr(str(package["name"]))} Version={quoteattr(str(package["version"]))} Publisher={quoteattr(str(package["publisher"]))}/>
<DisplayName>{escape(str(package["displayName"]))}</DisplayName>
<Description xml:space="preserve">{escape(str(package["description"]))}</Description>
<Categories>Linters</Categories>
<Properties><Property Id="Microsoft.VisualStudio.Code.Engine" Value={quoteattr(str(engines["vscode"]))}/></Properties>
</Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Dependencies/>
<Assets>
<Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
<Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
</Assets>
</PackageManifest>
"""  # noqa: E501


def pack(folder: Path, output: Path) -> list[str]:
    """Write the package; the names that are in it."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    inside = {
        "[Content_Types].xml": CONTENT_TYPES.encode(),
        "extension.vsixmanifest": manifest(package).encode(),
    }
    modules = sorted(p for p in (folder / "node_modules").rglob("*") if p.is_file())
    for path in [*(folder / name for name in FILES), *modules]:
        inside["extension/" + path.relative_to(folder).as_posix()] = path.read_bytes()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), data, zipfile.ZIP_DEFLATED)
    return list(inside)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "aligncheck.vsix"
    names = pack(HERE, target)
    if not any("vscode-languageclient" in name for name in names):
        print(
            "note: run 'npm install' here first; without the client library it cannot start", file=sys.stderr
        )
    print(target)
