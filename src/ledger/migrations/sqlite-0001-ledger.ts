/** First schema of the embedded ledger. Released migrations are never edited: a change is a new number. */
import type { Migration } from './migration.ts';

export const ledger0001: Migration = {
  version: 1,
  name: 'ledger',
  sql: `
-- One row for each message that used up its id. Narrow: what is big or is not needed after the answer stands in payload.
-- A seq follows the greatest that is there, and so does an answer_id: whoever drops old rows must leave the latest of both
-- tables, or a number would be given twice.
CREATE TABLE message (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  sender TEXT NOT NULL,
  id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  -- Short digests stand in the indexes instead of the texts: with ten million rows that is a quarter of the pages.
  id_digest INTEGER NOT NULL,
  content_digest INTEGER NOT NULL,
  -- NULL where the TransaktionsId is the id.
  transaktion_digest INTEGER,
  is_first INTEGER NOT NULL,
  transaktions_id TEXT NOT NULL,
  myndighed TEXT,
  handlingstype TEXT,
  state TEXT NOT NULL,
  udfald TEXT,
  -- In how many of its lines another message stands before it.
  waiting_on INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  -- The incarnation of the owner that made the latest claim; another one's claims are interrupted.
  claimed_in INTEGER,
  in_doubt_before INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER NOT NULL,
  dispatched_at INTEGER,
  settled_at INTEGER,
  next_attempt_at INTEGER,
  forventet_svar_dato TEXT,
  aarsag TEXT
) STRICT;
CREATE INDEX message_identity ON message (id_digest, content_digest);
CREATE INDEX message_transaktion ON message (transaktion_digest) WHERE transaktion_digest IS NOT NULL;
-- The partial indexes hold what is not finished, so they stay small however many rows are done.
CREATE INDEX message_ready ON message (kind, seq) WHERE state = 'recorded' AND waiting_on = 0;
CREATE INDEX message_due ON message (kind, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX message_open ON message (state, seq) WHERE state <> 'done';
CREATE INDEX message_frist ON message (forventet_svar_dato) WHERE state = 'awaitingSvar';

-- What retention drops: bytes, command, and what the answers needed to know. The raw bytes are last, so that reading the
-- other columns does not read them.
CREATE TABLE payload (
  seq INTEGER PRIMARY KEY,
  routing_key TEXT NOT NULL,
  user_id TEXT,
  correlation_id TEXT,
  message_id TEXT,
  traceparent TEXT,
  command TEXT,
  kontekst TEXT,
  -- The keys of its lines, 16 bytes each, one after the other; it stands in them until it has its udfald. NULL where it
  -- never stands in any.
  line_keys BLOB,
  raw BLOB NOT NULL
) STRICT;

CREATE TABLE answer (
  answer_id INTEGER PRIMARY KEY,
  -- NULL for a TransportKvittering: what it answers stands in the fejlkoe.
  seq INTEGER,
  art TEXT NOT NULL,
  exchange TEXT NOT NULL,
  routing_key TEXT NOT NULL,
  message_id TEXT NOT NULL,
  correlation_id TEXT,
  type TEXT NOT NULL,
  kode TEXT NOT NULL,
  -- The answer that this one repeats, and whose body it has; NULL where it has its own.
  repeat_of INTEGER,
  created_at INTEGER NOT NULL,
  published_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  returned_at INTEGER,
  -- The answer that must be confirmed before this one may go out. Held until then.
  after_answer_id INTEGER,
  held INTEGER NOT NULL
) STRICT;
CREATE INDEX answer_message ON answer (seq) WHERE seq IS NOT NULL;
CREATE INDEX answer_due ON answer (due_at, answer_id) WHERE published_at IS NULL AND held = 0;
-- Those that were tried before; the others are due since they were made.
CREATE INDEX answer_postponed ON answer (answer_id) WHERE attempts > 0 AND published_at IS NULL;
CREATE INDEX answer_held ON answer (after_answer_id) WHERE held = 1;
CREATE INDEX answer_returned ON answer (answer_id) WHERE returned_at IS NOT NULL AND published_at IS NULL;

-- Apart from answer, so that marking an answer as published does not rewrite its body.
CREATE TABLE answer_body (
  answer_id INTEGER PRIMARY KEY,
  headers TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- The svar of an anmodning: at most one.
CREATE TABLE svar (
  seq INTEGER PRIMARY KEY,
  content_hash TEXT NOT NULL,
  answer_id INTEGER NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;

-- The card company's id of a payment that was not refused.
CREATE TABLE ekstern_id (
  sender TEXT NOT NULL,
  ekstern_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (sender, ekstern_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ekstern_id_seq ON ekstern_id (seq);

CREATE TABLE fejlkoe (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint TEXT NOT NULL,
  queue TEXT NOT NULL,
  kode TEXT NOT NULL,
  aarsag TEXT NOT NULL,
  routing_key TEXT NOT NULL,
  user_id TEXT,
  message_id TEXT,
  properties TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  -- When a person replayed or discarded it; NULL while it is open.
  closed_at INTEGER,
  raw BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX fejlkoe_fingerprint ON fejlkoe (fingerprint) WHERE closed_at IS NULL;
CREATE INDEX fejlkoe_open ON fejlkoe (id) WHERE closed_at IS NULL;

-- What is out of the ordinary. The regular history follows from the columns of message and answer.
CREATE TABLE event (
  event_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  detail TEXT
) STRICT;
CREATE INDEX event_message ON event (seq);

-- How many rows of each sort are in each state, kept with every change: counting ten million rows is too slow, and so is
-- counting what piles up while nothing can be published. Subjects are the kinds of messages, answer and fejlkoe.
CREATE TABLE counter (
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (subject, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE owner (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- Counts the owners that have opened this ledger.
  incarnation INTEGER NOT NULL,
  probed_at INTEGER
) STRICT;
INSERT INTO owner (one, incarnation) VALUES (1, 0);
`,
};
