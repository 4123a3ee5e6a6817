/** What a SQLite ledger knows of a message that arrives: whether its id, or its payment's id, was used before. */
import type { Identity, Known, Seq } from './ledger.ts';
import { contentDigest, digest } from './rows.ts';
import type { Connection } from './sqlite-database.ts';

export interface Acquaintance extends Known {
  /** The message that this one repeats; only where `earlier` is `same`. */
  readonly repeatOf?: Seq;
}

export const NOTHING_KNOWN: Acquaintance = { earlier: 'none', eksternIdUsed: false };

export function prepareIdentities(connection: Connection): (identity: Identity) => Acquaintance {
  const same = connection.prepare<
    [idDigest: number, contentDigest: number, id: string, kind: string, sender: string, contentHash: string],
    { readonly seq: Seq }
  >(
    `SELECT seq FROM message WHERE id_digest = ? AND content_digest = ? AND id = ? AND kind = ? AND sender = ?
       AND content_hash = ? LIMIT 1`,
  );
  const any = connection.prepare<[idDigest: number, id: string, kind: string, sender: string], { readonly seq: Seq }>(
    'SELECT seq FROM message WHERE id_digest = ? AND id = ? AND kind = ? AND sender = ? LIMIT 1',
  );
  const eksternId = connection.prepare<[sender: string, eksternId: string], { readonly id: string }>(
    'SELECT m.id FROM ekstern_id e JOIN message m ON m.seq = e.seq WHERE e.sender = ? AND e.ekstern_id = ?',
  );

  return ({ kind, sender, id, contentHash, eksternId: paymentId }) => {
    const holder = paymentId === undefined ? undefined : eksternId.get(sender, paymentId);
    const eksternIdUsed = holder !== undefined && holder.id !== id;
    const idDigest = digest(id);
    if (any.get(idDigest, id, kind, sender) === undefined) return { earlier: 'none', eksternIdUsed };
    // Also the repeat of a refused conflict is a repeat: it gets the answer that this very content got.
    const repeated = same.get(idDigest, contentDigest(contentHash), id, kind, sender, contentHash);
    if (repeated === undefined) return { earlier: 'other', eksternIdUsed };
    return { earlier: 'same', eksternIdUsed, repeatOf: repeated.seq };
  };
}
