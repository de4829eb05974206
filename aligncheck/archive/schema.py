"""What the store of an audit holds: tables, the views that are its contract, and the way from older versions.

No clocks and no counters: equal archives give equal content, however often the run was interrupted.  Texts
are ordered by code points everywhere ("C" in PostgreSQL), so that equal stores give equal pages.  Query the
views; the tables may change between versions.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    inspect,
    text,
)
from sqlalchemy.sql.schema import SchemaItem

VERSION = 4

METADATA = MetaData()
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _table(name: str, *parts: SchemaItem) -> Table:
    return Table(name, METADATA, *parts, sqlite_with_rowid=False)


def _text(name: str, key: bool = False) -> Column[str]:
    """A text that is always there; empty where nothing is said."""
    if key:
        return Column(name, TEXT, primary_key=True, nullable=False)
    return Column(name, TEXT, nullable=False, server_default="")


def _maybe(name: str) -> Column[str]:
    return Column(name, TEXT)


def _whole(name: str, key: bool = False, default: str = "0") -> Column[int]:
    if key:
        return Column(name, Integer, primary_key=True, autoincrement=False, nullable=False)
    return Column(name, Integer, nullable=False, server_default=default)


def _line(name: str) -> Column[int]:
    return Column(name, Integer)


def _number(name: str) -> Column[float]:
    return Column(name, Double)


def _unit() -> Column[str]:
    return Column("unit", TEXT, ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, nullable=False)


META = _table("meta", _text("key", key=True), _text("value"))

#: Every file that audits have written into the folder (nothing else is ever written over or deleted), with
#: what it must be to be left as it is; size -1: it is made anew by every audit.
FILE = _table(
    "file",
    _text("name", key=True),
    Column("size", BigInteger, nullable=False, server_default="-1"),
    _text("sha256"),
)

#: Every file of the archive.  state: paired, bilingual, single, duplicate, failed, left out.
DOCUMENT = _table(
    "document",
    _text("path", key=True),
    _text("state"),
    _text("reason"),
    _text("sha256"),
    Column("bytes", BigInteger, nullable=False, server_default="0"),
    *(_text(n) for n in ("language", "year", "year_from", "title")),
    _whole("blocks"),
    _whole("characters"),
)

#: What reading a file once has shown, by its content: spares reading it again.
PROFILE = _table("profile", _text("path", key=True), _text("key"), _text("data"))

#: What is checked as one: a pair, a bilingual file, a single document.  how: name, content, file, alone.
UNIT = _table(
    "unit",
    _text("id", key=True),
    *(_text(n) for n in ("kind", "source", "target", "how")),
    _number("likeness"),
    *(_text(n) for n in ("year", "title", "page", "xml", "key")),
    Column("state", TEXT, nullable=False, server_default="waiting"),
    _text("reason"),
    _whole("size"),
    Column("penalty", Double, nullable=False, server_default="0"),
    _text("verdict"),
    _number("quality"),
    Index("unit_year", "year"),
    Index("unit_source", "source"),
    Index("unit_target", "target"),
)

#: What a person decided about a finding, as its :class:`~aligncheck.model.Decision`; empty where nobody did.
DECIDED = ("decision", "decided_by", "note", "wording")

FINDING = _table(
    "finding",
    _unit(),
    _whole("position", key=True),
    *(_text(n) for n in ("id", "check_name", "category", "severity")),
    Column("confidence", Double, nullable=False),
    *(_text(n) for n in ("message_en", "message_zh", "suggestion")),
    _line("source_line"),
    _text("source_text"),
    _line("target_line"),
    _text("target_text"),
    _maybe("waived_by"),
    _maybe("waived_why"),
    _line("bead"),
    *(_text(n) for n in DECIDED),
    Index("finding_category", "category", "severity"),
)

BEAD = _table(
    "bead",
    _unit(),
    _whole("position", key=True),
    *(_text(n) for n in ("kind", "source_text", "target_text")),
    _line("source_line"),
    _line("target_line"),
    *(_number(n) for n in ("score", "quality", "source_coverage", "target_coverage")),
    _whole("moved"),
)

#: How a document renders a term.  way: "pair" (found by alignment), "english" or "acronym" (found in the
#: English itself).
RENDERING = _table(
    "rendering",
    _unit(),
    _whole("position", key=True),
    *(_text(n) for n in ("way", "concept", "term", "due", "text", "status")),
    _whole("count"),
    _line("line"),
    Index("rendering_term", "term"),
)

#: Vectors of the passages of a unit in a language, a row a bead: see vectors.py.
VECTOR = Table(
    "vector",
    METADATA,
    _unit(),
    _text("language", key=True),
    _text("signature"),
    Column("data", LargeBinary, nullable=False),
)

#: What a document states of a year: of what (subject, measure), the value, and its text.  See series.py.
FIGURE = _table(
    "figure",
    _unit(),
    _whole("position", key=True),
    *(_text(n) for n in ("language", "subject", "of_year", "measure", "value", "text", "sentence")),
    _line("line"),
    Index("figure_series", "language", "subject", "of_year", "measure"),
)

#: Figures of one series and year that different documents state differently.
CONTRADICTION = _table(
    "contradiction",
    _whole("series", key=True),
    _whole("position", key=True),
    *(_text(n) for n in ("language", "subject", "of_year", "measure", "value", "text")),
    *(_text(n) for n in ("unit", "year", "sentence")),
    _line("line"),
)

#: Candidates that neither names nor contents make clear.
CANDIDATE = _table(
    "candidate",
    _text("source", key=True),
    _text("target", key=True),
    Column("score", Double, nullable=False),
)

#: Drift: one row for each way in which a concept is rendered somewhere in the archive.
DRIFT = _table(
    "drift",
    _whole("concept", key=True),
    _whole("position", key=True),
    *(_text(n) for n in ("term", "due", "rendering", "status", "found_by", "first", "last")),
    _whole("count"),
    _whole("documents"),
    Column("weight", Double, nullable=False, server_default="0"),
)
DRIFT_USE = _table(
    "drift_use",
    _whole("concept", key=True),
    _whole("position", key=True),
    _text("year", key=True),
    _text("document", key=True),
    _whole("line", key=True),
    _whole("count"),
)

#: Units that are nearly the same text: the share of the shorter one's sentences that both have, 0..1.
NEAR_COPY = _table(
    "near_copy",
    _text("first", key=True),
    _text("second", key=True),
    Column("likeness", Double, nullable=False),
)

_COUNTED = ", ".join(
    f"count(f.id) FILTER (WHERE f.severity = '{s}') AS {s}" for s in ("critical", "major", "minor", "neutral")
)
_UNIT_COLUMNS = (
    "u.kind, u.source, u.target, u.how, u.year, u.title, u.state, u.reason, u.size, u.penalty, u.verdict, "
    "u.quality, u.page, u.xml"
)
VIEWS = {
    "v_documents": (
        "SELECT d.path, d.state, d.reason, d.language, d.year, d.title, d.blocks, d.characters, u.id AS unit, "
        "u.page, u.verdict, u.penalty FROM document d LEFT JOIN unit u ON d.path = u.source "
        "OR (d.path = u.target AND u.target <> '')"
    ),
    "v_units": (
        f"SELECT u.id AS unit, {_UNIT_COLUMNS}, {_COUNTED} "
        "FROM unit u LEFT JOIN finding f ON f.unit = u.id AND f.waived_by IS NULL "
        f"GROUP BY u.id, {_UNIT_COLUMNS}"
    ),
    "v_findings": (
        "SELECT f.id, f.unit, f.position, u.year, u.source, u.target, f.check_name, f.category, f.severity, "
        "f.confidence, f.message_en, f.message_zh, f.suggestion, f.source_line, f.source_text, f.target_line, "
        "f.target_text, f.waived_by, f.waived_why, u.page, f.bead, f.decision, f.decided_by, f.note, "
        "f.wording FROM finding f JOIN unit u ON u.id = f.unit"
    ),
    "v_beads": (
        "SELECT b.unit, u.year, b.position, b.kind, b.source_line, b.source_text, b.target_line, b.target_text, "
        "b.score, b.quality, b.source_coverage, b.target_coverage, b.moved "
        "FROM bead b JOIN unit u ON u.id = b.unit"
    ),
    "v_terms": (
        "SELECT r.term, r.due, r.text AS rendering, r.status, r.way, u.year, r.unit, u.source, u.target, "
        "r.line, r.count FROM rendering r JOIN unit u ON u.id = r.unit"
    ),
    "v_years": (
        "SELECT u.year, count(*) AS units, CAST(sum(u.size) AS BIGINT) AS size, "
        + ", ".join(f"CAST(sum(u.{s}) AS BIGINT) AS {s}" for s in ("critical", "major", "minor"))
        + ", CAST(round(CAST(1000.0 * (25 * sum(u.critical) + 5 * sum(u.major) + sum(u.minor)) / "
        "(CASE WHEN sum(u.size) > 1 THEN sum(u.size) ELSE 1 END) AS NUMERIC), 3) AS DOUBLE PRECISION) "
        "AS penalty FROM v_units u WHERE u.state = 'done' GROUP BY u.year"
    ),
    "v_categories": (
        "SELECT u.year, f.category, f.severity, count(*) AS count FROM finding f JOIN unit u ON u.id = f.unit "
        "WHERE f.waived_by IS NULL GROUP BY u.year, f.category, f.severity"
    ),
    "v_drift": (
        "SELECT d.term, d.due, d.rendering, d.status, d.found_by, d.first, d.last, d.count, d.documents, "
        "x.year, x.document, x.line FROM drift d "
        "LEFT JOIN drift_use x ON x.concept = d.concept AND x.position = d.position"
    ),
    "v_near_copies": "SELECT n.first, n.second, n.likeness FROM near_copy n",
    "v_contradictions": (
        "SELECT c.series, c.position, c.subject, c.of_year, c.measure, c.value, c.text, c.unit, c.year, "
        "c.sentence, c.line, c.language FROM contradiction c"
    ),
}


def create(db: Connection) -> None:
    """Make everything in an empty database."""
    METADATA.create_all(db)
    _create_views(db)


def _create_views(db: Connection) -> None:
    for name, query in VIEWS.items():
        db.execute(text(f"CREATE VIEW {name} AS {query}"))


def _drop_views(db: Connection) -> None:
    for name in reversed(VIEWS):
        db.execute(text(f"DROP VIEW IF EXISTS {name}"))


def _list_old_files(db: Connection) -> None:
    """The first stores had no list of files: what audits had made by then is known from their rows."""
    if "file" in inspect(db).get_table_names():
        return
    FILE.create(db)
    units = db.execute(text("SELECT page, xml, year FROM unit")).all()
    kinds = db.execute(text("SELECT DISTINCT category FROM finding")).scalars()
    names = {
        *(name for row in units for name in row[:2] if name),
        *(f"{name}.html" for name in ("index", "documents", "drift", "problems")),
        "audit.xlsx",
        *(f"years/{row[2] or 'unknown'}.html" for row in units),
        *(f"categories/{kind}.html" for kind in kinds),
    }
    db.execute(FILE.insert(), [{"name": name} for name in sorted(names)])


def _to_2(db: Connection) -> None:
    """The list of files, near copies, and indexes; views that both databases know."""
    _list_old_files(db)
    METADATA.create_all(db)
    for table in (UNIT, RENDERING):
        for index in table.indexes:
            index.create(db, checkfirst=True)


def _to_3(db: Connection) -> None:
    """Vectors, stated figures and their contradictions; the passage that a finding stands in."""
    METADATA.create_all(db)
    if "bead" not in {c["name"] for c in inspect(db).get_columns("finding")}:
        db.execute(text("ALTER TABLE finding ADD COLUMN bead INTEGER"))


def _to_4(db: Connection) -> None:
    """What people decided about a finding."""
    known = {c["name"] for c in inspect(db).get_columns("finding")}
    for name in DECIDED:
        if name not in known:
            db.execute(text(f"ALTER TABLE finding ADD COLUMN {name} {_DECIDED_TYPE[db.dialect.name]}"))


_DECIDED_TYPE = {
    "sqlite": "TEXT NOT NULL DEFAULT ''",
    "postgresql": "TEXT COLLATE \"C\" NOT NULL DEFAULT ''",
}

#: Version -> the step that leads to it from the one before.
STEPS: dict[int, Callable[[Connection], None]] = {2: _to_2, 3: _to_3, 4: _to_4}


def migrate(db: Connection, version: int) -> None:
    """Bring a database of an older version up to date, inside one transaction."""
    _drop_views(db)
    for step in range(version + 1, VERSION + 1):
        STEPS[step](db)
    _create_views(db)
