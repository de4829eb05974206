-- The store of an audit, version 1.  No clocks and no counters: equal archives give equal content,
-- however often the run was interrupted.  Query the views; the tables may change between versions.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Every file that audits have written into the folder (nothing else is ever written over or deleted),
-- with what it must be to be left as it is; size -1: it is made anew by every audit.
CREATE TABLE file (
    name TEXT PRIMARY KEY,
    size INTEGER NOT NULL DEFAULT -1,
    sha256 TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

-- Every file of the archive.  state: paired, bilingual, single, duplicate, failed, left out.
CREATE TABLE document (
    path TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    bytes INTEGER NOT NULL DEFAULT 0,
    language TEXT NOT NULL DEFAULT '',
    year TEXT NOT NULL DEFAULT '',
    year_from TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    blocks INTEGER NOT NULL DEFAULT 0,
    characters INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- What reading a file once has shown, by its content: spares reading it again.
CREATE TABLE profile (
    path TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    data TEXT NOT NULL
) WITHOUT ROWID;

-- What is checked as one: a pair, a bilingual file, a single document.  how: name, content, file, alone.
CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL DEFAULT '',
    how TEXT NOT NULL,
    likeness REAL,
    year TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    page TEXT NOT NULL DEFAULT '',
    xml TEXT NOT NULL DEFAULT '',
    key TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'waiting',
    reason TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    penalty REAL NOT NULL DEFAULT 0,
    verdict TEXT NOT NULL DEFAULT '',
    quality REAL
) WITHOUT ROWID;

CREATE TABLE finding (
    unit TEXT NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    check_name TEXT NOT NULL,
    category TEXT NOT NULL,
    severity TEXT NOT NULL,
    confidence REAL NOT NULL,
    message_en TEXT NOT NULL,
    message_zh TEXT NOT NULL,
    suggestion TEXT NOT NULL DEFAULT '',
    source_line INTEGER,
    source_text TEXT NOT NULL DEFAULT '',
    target_line INTEGER,
    target_text TEXT NOT NULL DEFAULT '',
    waived_by TEXT,
    waived_why TEXT,
    PRIMARY KEY (unit, position)
) WITHOUT ROWID;
CREATE INDEX finding_category ON finding (category, severity);

CREATE TABLE bead (
    unit TEXT NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    source_text TEXT NOT NULL,
    target_text TEXT NOT NULL,
    source_line INTEGER,
    target_line INTEGER,
    score REAL,
    quality REAL,
    source_coverage REAL,
    target_coverage REAL,
    moved INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (unit, position)
) WITHOUT ROWID;

-- How a document renders a term.  way: "pair" (found by alignment), "english" or "acronym" (found in the
-- English itself).
CREATE TABLE rendering (
    unit TEXT NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    way TEXT NOT NULL,
    concept TEXT NOT NULL DEFAULT '',
    term TEXT NOT NULL,
    due TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT '',
    count INTEGER NOT NULL,
    line INTEGER,
    PRIMARY KEY (unit, position)
) WITHOUT ROWID;

-- Candidates that neither names nor contents make clear.
CREATE TABLE candidate (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (source, target)
) WITHOUT ROWID;

-- Drift: one row for each way in which a concept is rendered somewhere in the archive.
CREATE TABLE drift (
    concept INTEGER NOT NULL,
    position INTEGER NOT NULL,
    term TEXT NOT NULL,
    due TEXT NOT NULL DEFAULT '',
    rendering TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT '',
    found_by TEXT NOT NULL,
    first TEXT NOT NULL DEFAULT '',
    last TEXT NOT NULL DEFAULT '',
    count INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    weight REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (concept, position)
) WITHOUT ROWID;

CREATE TABLE drift_use (
    concept INTEGER NOT NULL,
    position INTEGER NOT NULL,
    year TEXT NOT NULL,
    document TEXT NOT NULL,
    line INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (concept, position, year, document, line)
) WITHOUT ROWID;

CREATE VIEW v_documents AS
    SELECT d.path, d.state, d.reason, d.language, d.year, d.title, d.blocks, d.characters,
           u.id AS unit, u.page, u.verdict, u.penalty
    FROM document d LEFT JOIN unit u ON d.path IN (u.source, u.target);

CREATE VIEW v_units AS
    SELECT u.id AS unit, u.kind, u.source, u.target, u.how, u.year, u.title, u.state, u.reason,
           u.size, u.penalty, u.verdict, u.quality, u.page, u.xml,
           coalesce(sum(f.severity = 'critical'), 0) AS critical,
           coalesce(sum(f.severity = 'major'), 0) AS major,
           coalesce(sum(f.severity = 'minor'), 0) AS minor,
           coalesce(sum(f.severity = 'neutral'), 0) AS neutral
    FROM unit u LEFT JOIN finding f ON f.unit = u.id AND f.waived_by IS NULL
    GROUP BY u.id;

CREATE VIEW v_findings AS
    SELECT f.id, f.unit, f.position, u.year, u.source, u.target, f.check_name, f.category, f.severity, f.confidence,
           f.message_en, f.message_zh, f.suggestion, f.source_line, f.source_text, f.target_line,
           f.target_text, f.waived_by, f.waived_why, u.page
    FROM finding f JOIN unit u ON u.id = f.unit;

CREATE VIEW v_beads AS
    SELECT b.unit, u.year, b.position, b.kind, b.source_line, b.source_text, b.target_line, b.target_text,
           b.score, b.quality, b.source_coverage, b.target_coverage, b.moved
    FROM bead b JOIN unit u ON u.id = b.unit;

CREATE VIEW v_terms AS
    SELECT r.term, r.due, r.text AS rendering, r.status, r.way, u.year, r.unit, u.source, u.target, r.line,
           r.count
    FROM rendering r JOIN unit u ON u.id = r.unit;

CREATE VIEW v_years AS
    SELECT u.year, count(*) AS units, sum(u.size) AS size,
           sum(u.critical) AS critical, sum(u.major) AS major, sum(u.minor) AS minor,
           round(1000.0 * (25 * sum(u.critical) + 5 * sum(u.major) + sum(u.minor)) / max(sum(u.size), 1), 3)
               AS penalty
    FROM v_units u WHERE u.state = 'done' GROUP BY u.year;

CREATE VIEW v_categories AS
    SELECT u.year, f.category, f.severity, count(*) AS count
    FROM finding f JOIN unit u ON u.id = f.unit WHERE f.waived_by IS NULL
    GROUP BY u.year, f.category, f.severity;

CREATE VIEW v_drift AS
    SELECT d.term, d.due, d.rendering, d.status, d.found_by, d.first, d.last, d.count, d.documents,
           x.year, x.document, x.line
    FROM drift d LEFT JOIN drift_use x ON x.concept = d.concept AND x.position = d.position;
