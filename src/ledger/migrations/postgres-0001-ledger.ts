/** First schema of the PostgreSQL ledger. Released migrations are never edited: a change is a new number. */
import type { Migration } from './migration.ts';

/**
 * The same tables as the embedded ledger's. What differs: owners with leases in place of the one owner; seq and answer_id
 * are counted in `counter`, under the writers' lock, so that they are given in the order of commits and without gaps; texts
 * in indexes are compared by their bytes, so that an upgrade of the operating system's collations can't break an index.
 */
export const ledger0001: Migration = {
  version: 1,
  name: 'ledger',
  sql: `
-- One row for each message that used up its id. Narrow: what is big or is not needed after the answer stands in payload.
CREATE TABLE message (
  seq bigint PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  sender text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  content_hash text NOT NULL,
  -- Short digests stand in the indexes instead of the texts: with ten million rows that is a quarter of the pages.
  id_digest bigint NOT NULL,
  content_digest bigint NOT NULL,
  -- NULL where the TransaktionsId is the id.
  transaktion_digest bigint,
  is_first integer NOT NULL,
  transaktions_id text NOT NULL,
  myndighed text,
  handlingstype text,
  state text COLLATE "C" NOT NULL,
  udfald text,
  -- In how many of its lines another message stands before it.
  waiting_on integer NOT NULL,
  attempts integer NOT NULL,
  -- The owner that made the latest claim; those of an owner whose lease is over are interrupted.
  claimed_by text COLLATE "C",
  in_doubt_before integer NOT NULL DEFAULT 0,
  received_at bigint NOT NULL,
  dispatched_at bigint,
  settled_at bigint,
  next_attempt_at bigint,
  forventet_svar_dato text COLLATE "C",
  aarsag text
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE INDEX message_identity ON message (id_digest, content_digest);
CREATE INDEX message_transaktion ON message (transaktion_digest) WHERE transaktion_digest IS NOT NULL;
-- The partial indexes hold what is not finished, so they stay small however many rows are done.
CREATE INDEX message_ready ON message (kind, seq) WHERE state = 'recorded' AND waiting_on = 0;
CREATE INDEX message_due ON message (kind, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX message_open ON message (state, seq) WHERE state <> 'done';
CREATE INDEX message_frist ON message (forventet_svar_dato) WHERE state = 'awaitingSvar';
CREATE INDEX message_claimed ON message (claimed_by) WHERE state = 'dispatching';

-- What retention drops: bytes, command, and what the answers needed to know.
CREATE TABLE payload (
  seq bigint PRIMARY KEY,
  routing_key text NOT NULL,
  user_id text,
  correlation_id text,
  message_id text,
  traceparent text,
  command text,
  kontekst text,
  raw bytea NOT NULL
);

-- Places in line of unfinished messages only. The smallest seq of a line_key heads it.
CREATE TABLE line (
  line_key bytea NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (line_key, seq)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE INDEX line_seq ON line (seq);

CREATE TABLE answer (
  answer_id bigint PRIMARY KEY,
  -- NULL for a TransportKvittering: what it answers stands in the fejlkoe.
  seq bigint,
  art text COLLATE "C" NOT NULL,
  exchange text NOT NULL,
  routing_key text NOT NULL,
  message_id text NOT NULL,
  correlation_id text,
  type text NOT NULL,
  kode text NOT NULL,
  -- The answer that this one repeats, and whose body it has; NULL where it has its own.
  repeat_of bigint,
  created_at bigint NOT NULL,
  published_at bigint,
  attempts integer NOT NULL DEFAULT 0,
  due_at bigint NOT NULL,
  returned_at bigint,
  -- The answer that must be confirmed before this one may go out. Held until then.
  after_answer_id bigint,
  held integer NOT NULL,
  -- The owner that publishes it now; one whose lease is over does not any more.
  publishing_by text COLLATE "C"
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE INDEX answer_message ON answer (seq) WHERE seq IS NOT NULL;
CREATE INDEX answer_due ON answer (due_at, answer_id) WHERE published_at IS NULL AND held = 0 AND publishing_by IS NULL;
CREATE INDEX answer_publishing ON answer (publishing_by, answer_id) WHERE published_at IS NULL AND publishing_by IS NOT NULL;
CREATE INDEX answer_unpublished ON answer (answer_id) WHERE published_at IS NULL;
CREATE INDEX answer_held ON answer (after_answer_id) WHERE held = 1;
CREATE INDEX answer_returned ON answer (answer_id) WHERE returned_at IS NOT NULL AND published_at IS NULL;

-- Apart from answer, so that marking an answer as published does not rewrite its body.
CREATE TABLE answer_body (
  answer_id bigint PRIMARY KEY,
  headers text NOT NULL,
  body bytea NOT NULL
);

-- The svar of an anmodning: at most one.
CREATE TABLE svar (
  seq bigint PRIMARY KEY,
  content_hash text NOT NULL,
  answer_id bigint NOT NULL,
  received_at bigint NOT NULL
);

-- The card company's id of a payment that was not refused.
CREATE TABLE ekstern_id (
  sender text COLLATE "C" NOT NULL,
  ekstern_id text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (sender, ekstern_id)
);
CREATE INDEX ekstern_id_seq ON ekstern_id (seq);

CREATE TABLE fejlkoe (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fingerprint text COLLATE "C" NOT NULL,
  queue text NOT NULL,
  kode text NOT NULL,
  aarsag text NOT NULL,
  routing_key text NOT NULL,
  user_id text,
  message_id text,
  properties text NOT NULL,
  received_at bigint NOT NULL,
  seen integer NOT NULL,
  bytes integer NOT NULL,
  -- When a person replayed or discarded it; NULL while it is open.
  closed_at bigint,
  raw bytea NOT NULL
);
CREATE UNIQUE INDEX fejlkoe_fingerprint ON fejlkoe (fingerprint) WHERE closed_at IS NULL;
CREATE INDEX fejlkoe_open ON fejlkoe (id) WHERE closed_at IS NULL;

-- What is out of the ordinary. The regular history follows from the columns of message and answer.
CREATE TABLE event (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  event text NOT NULL,
  detail text
);
CREATE INDEX event_message ON event (seq);

-- How many rows of each sort are in each state, kept with every change: counting ten million rows is too slow, and so is
-- counting what piles up while nothing can be published. Subjects are the kinds of messages, answer and fejlkoe; the amount
-- is the sum over both writers, each of which writes rows of its own, so that neither waits for the other. Subject position
-- holds the last seq and the last answer_id that were given.
CREATE TABLE counter (
  subject text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  writer text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (subject, state, writer)
) WITH (fillfactor = 20);
INSERT INTO counter (subject, state, writer, amount)
  VALUES ('position', 'message', 'ledger', 0), ('position', 'answer', 'ledger', 0);

-- The running adapters. Each renews its lease; times are the database's, so that the adapters' clocks need not agree.
CREATE TABLE owner (
  owner text COLLATE "C" PRIMARY KEY,
  alive_until timestamptz NOT NULL
) WITH (fillfactor = 20);
`,
};
