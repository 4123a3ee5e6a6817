/** What a PostgreSQL ledger knows of messages that arrive: whether their ids, or their payments' ids, were used before. */
import type { Identity, Known, Seq } from './ledger.ts';
import { type Session, statement } from './postgres-database.ts';
import { recordset } from './postgres-tables.ts';
import { contentDigest, digest } from './rows.ts';

export interface Acquaintance extends Known {
  /** The message that this one repeats; only where `earlier` is `same`. */
  readonly repeatOf?: Seq;
}

export const NOTHING_KNOWN: Acquaintance = { earlier: 'none', eksternIdUsed: false };

/** Of each identity: whether its id was used, and by which message with the same content. */
const MESSAGES = statement<{ readonly n: number; readonly used: boolean; readonly same: Seq | null }>(
  'known messages',
  `SELECT r.n,
     EXISTS (SELECT FROM message m WHERE m.id_digest = r.id_digest AND m.id = r.id AND m.kind = r.kind
       AND m.sender = r.sender) AS used,
     (SELECT m.seq FROM message m WHERE m.id_digest = r.id_digest AND m.content_digest = r.content_digest AND m.id = r.id
       AND m.kind = r.kind AND m.sender = r.sender AND m.content_hash = r.content_hash ORDER BY m.seq LIMIT 1) AS same
   FROM json_to_recordset($1::json)
     AS r(n integer, id_digest bigint, content_digest bigint, id text, kind text, sender text, content_hash text)`,
);
const PAYMENTS = statement<{ readonly sender: string; readonly ekstern_id: string; readonly id: string }>(
  'known payments',
  `SELECT e.sender, e.ekstern_id, m.id FROM json_to_recordset($1::json) AS r(sender text, ekstern_id text)
   JOIN ekstern_id e ON e.sender = r.sender AND e.ekstern_id = r.ekstern_id JOIN message m ON m.seq = e.seq`,
);

/** What is known of the identities of a batch: from the database at first, then also of the batch itself. */
export class Identities {
  /** Of each used identity, the messages by their content. */
  readonly #messages = new Map<string, Map<string, Seq>>();
  /** Of each payment's id, the id of the message that holds it. */
  readonly #payments = new Map<string, string>();

  /** Reads what the database knows of these; one round trip, two where payments have ids of their own. */
  static async read(session: Session, identities: readonly Identity[]): Promise<Identities> {
    const known = new Identities();
    if (identities.length === 0) return known;
    const asked = identities.map(({ kind, sender, id, contentHash }, n) => {
      const digests = { id_digest: digest(id), content_digest: contentDigest(contentHash) };
      return { n, kind, sender, id, content_hash: contentHash, ...digests };
    });
    for (const { n, used, same } of await session.query(MESSAGES, recordset(asked))) {
      const identity = identities[n];
      if (identity === undefined || !used) continue;
      const contents = known.#contentsOf(identity);
      if (same !== null) contents.set(identity.contentHash, same);
    }
    const paid = identities.filter(({ eksternId }) => eksternId !== undefined);
    if (paid.length === 0) return known;
    const payments = paid.map(({ sender, eksternId }) => ({ sender, ekstern_id: eksternId }));
    for (const { sender, ekstern_id, id } of await session.query(PAYMENTS, recordset(payments))) {
      known.#payments.set(keyOf(sender, ekstern_id), id);
    }
    return known;
  }

  #contentsOf({ kind, sender, id }: Identity): Map<string, Seq> {
    const key = keyOf(kind, sender, id);
    const contents = this.#messages.get(key) ?? new Map<string, Seq>();
    this.#messages.set(key, contents);
    return contents;
  }

  /** The messages of the database that identities of this batch repeat. */
  repeated(): readonly Seq[] {
    return [...this.#messages.values()].flatMap((contents) => [...contents.values()]);
  }

  of(identity: Identity): Acquaintance {
    const { kind, sender, id, contentHash, eksternId } = identity;
    const holder = eksternId === undefined ? undefined : this.#payments.get(keyOf(sender, eksternId));
    const eksternIdUsed = holder !== undefined && holder !== id;
    const contents = this.#messages.get(keyOf(kind, sender, id));
    if (contents === undefined) return { earlier: 'none', eksternIdUsed };
    // Also the repeat of a refused conflict is a repeat: it gets the answer that this very content got.
    const repeatOf = contents.get(contentHash);
    return repeatOf === undefined ? { earlier: 'other', eksternIdUsed } : { earlier: 'same', eksternIdUsed, repeatOf };
  }

  /** A message of the batch now uses its id, and as work its payment's id. */
  add(identity: Identity, seq: Seq, isWork: boolean): void {
    this.#contentsOf(identity).set(identity.contentHash, seq);
    const { sender, id, eksternId } = identity;
    if (isWork && eksternId !== undefined) this.#payments.set(keyOf(sender, eksternId), id);
  }
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
