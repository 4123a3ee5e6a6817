/** Settling in a SQLite ledger: what came of a claim, with the answer that follows from it, in one transaction. */
import type { Instant } from '../domain/identer.ts';
import type { CommandKind, OutboxAnswer, Seq, Settlement } from './ledger.ts';
import type { Answers } from './sqlite-answers.ts';
import type { Connection } from './sqlite-database.ts';
import type { NoteEvent } from './sqlite-events.ts';
import type { Lines } from './sqlite-lines.ts';
import type { States } from './sqlite-states.ts';
import type { Svars } from './sqlite-svar.ts';

/** Records one outcome. @returns what is to be published now, or `stale` where a later claim or a svar was faster. */
export type Settle = (settlement: Settlement) => readonly OutboxAnswer[] | 'stale';

/** Only the latest claim can settle: an older one's backend may answer after the anmodning was asked about again. */
const LATEST_CLAIM = "WHERE seq = ? AND state = 'dispatching' AND attempts = ?";
const KINDS: readonly CommandKind[] = ['debitorkonto', 'kontantindbetaling'];

interface Settled {
  readonly kind: CommandKind;
}

export function prepareSettle(
  connection: Connection,
  parts: {
    readonly states: States;
    readonly note: NoteEvent;
    readonly answers: Answers;
    readonly lines: Lines;
    readonly svars: Svars;
  },
): Settle {
  const { states, note, answers, lines, svars } = parts;
  const finish = connection.prepare<[udfald: string, at: Instant, Seq, attempt: number, CommandKind]>(
    `UPDATE message SET state = 'done', udfald = ?, settled_at = ? ${LATEST_CLAIM} AND kind = ?`,
  );
  const releaseEksternId = connection.prepare<[Seq]>('DELETE FROM ekstern_id WHERE seq = ?');
  const accept = connection.prepare<[at: Instant, forventetSvarDato: string, Seq, attempt: number], Settled>(
    `UPDATE message SET state = 'awaitingSvar', udfald = 'accepteretTilSenere', settled_at = ?, forventet_svar_dato = ?
     ${LATEST_CLAIM} RETURNING kind`,
  );
  const retry = connection.prepare<[nextAttemptAt: Instant, aarsag: string, Seq, attempt: number], Settled>(
    `UPDATE message SET state = 'retrying', next_attempt_at = ?, aarsag = ? ${LATEST_CLAIM} RETURNING kind`,
  );
  const doubt = connection.prepare<[nextAttemptAt: Instant | null, aarsag: string, Seq, attempt: number], Settled>(
    `UPDATE message SET state = 'inDoubt', in_doubt_before = 1, next_attempt_at = ?, aarsag = ? ${LATEST_CLAIM} RETURNING kind`,
  );

  const update = (settlement: Settlement): Settled | undefined => {
    const { seq, at, attempt } = settlement;
    switch (settlement.state) {
      case 'done': {
        // To guess the kind is quicker than to have it returned.
        const kind = KINDS.find((one) => finish.run(settlement.udfald, at, seq, attempt, one).changes > 0);
        return kind === undefined ? undefined : { kind };
      }
      case 'awaitingSvar':
        return accept.get(at, settlement.forventetSvarDato, seq, attempt);
      case 'retrying':
        return retry.get(settlement.nextAttemptAt, settlement.aarsag, seq, attempt);
      case 'inDoubt':
        return doubt.get(settlement.nextAttemptAt ?? null, settlement.aarsag, seq, attempt);
    }
  };

  return (settlement) => {
    const settled = update(settlement);
    if (settled === undefined) return 'stale';
    const { seq, at, state } = settlement;
    states.move(settled.kind, 'dispatching', state);
    switch (state) {
      case 'done':
        lines.leave(seq);
        if (settlement.udfald !== 'udfoert') releaseEksternId.run(seq);
        return [answers.add(settlement.answer, at, seq)];
      case 'awaitingSvar': {
        lines.leave(seq);
        const modtaget = answers.add(settlement.answer, at, seq);
        const { svar } = settlement;
        if (svar === undefined) return [modtaget];
        return [modtaget, ...svars.keep(seq, svar.contentHash, svar.answer, at, modtaget.answerId)];
      }
      case 'retrying':
      case 'inDoubt':
        note(seq, at, settlement.unasked === true ? 'unasked' : state, settlement.aarsag);
        return [];
    }
  };
}
