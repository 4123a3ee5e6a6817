/**
 * Recording in a SQLite ledger: every arrival is judged by what is known at its turn, so that the arrivals of one batch
 * see each other, and becomes work in line, an answer, or an entry of the fejlkø. Works inside the caller's transaction.
 */
import type { Capacity, CommandKind, Identity, Judgement, OutboxAnswer } from './ledger.ts';
import type { Answers } from './sqlite-answers.ts';
import type { Claims } from './sqlite-claims.ts';
import type { Connection } from './sqlite-database.ts';
import type { NoteEvent } from './sqlite-events.ts';
import { prepareFejlkoe } from './sqlite-fejlkoe.ts';
import { type Acquaintance, NOTHING_KNOWN, prepareIdentities } from './sqlite-identities.ts';
import type { Lines } from './sqlite-lines.ts';
import { prepareMessages } from './sqlite-messages.ts';
import type { States } from './sqlite-states.ts';
import type { StoredArrival, StoredRecorded, StoredWork } from './sqlite-stored.ts';
import type { Svars } from './sqlite-svar.ts';

type Of<Art extends Judgement['art']> = Extract<Judgement, { readonly art: Art }>;

/** Records a batch in its order. */
export type RecordBatch = (arrivals: readonly StoredArrival[], capacity: Capacity) => readonly StoredRecorded[];

type Places = { [Kind in CommandKind]: number };

export function prepareRecord(
  connection: Connection,
  parts: {
    readonly states: States;
    readonly note: NoteEvent;
    readonly answers: Answers;
    readonly lines: Lines;
    readonly claims: Claims;
    readonly svars: Svars;
    readonly incarnation: number;
  },
): RecordBatch {
  const { states, note, answers, lines, claims, svars, incarnation } = parts;
  const acquaint = prepareIdentities(connection);
  const insertMessage = prepareMessages(connection);
  const fejlkoe = prepareFejlkoe(connection, states, answers);

  /** A newcomer must not overtake what is ready and waits for a place: then the caller's next claim comes first. */
  const freePlaces = (capacity: Capacity): Places => {
    const places = (kind: CommandKind): number => (capacity[kind] > 0 && !claims.anyReady(kind) ? capacity[kind] : 0);
    return { debitorkonto: places('debitorkonto'), kontantindbetaling: places('kontantindbetaling') };
  };

  const recordWork = (
    arrival: StoredArrival,
    judgement: StoredWork,
    known: Acquaintance,
    places: Places,
  ): StoredRecorded => {
    const identity = identityOf(arrival);
    const { kind } = identity;
    // What the rules let through twice would be carried out twice: refuse to record it, whatever they say.
    if (kind === 'svar' || known.earlier !== 'none' || known.eksternIdUsed) {
      throw new Error('judged as dispatch, although it was used before or is a svar');
    }
    const waitingOn = lines.occupied(judgement.lineKeys);
    const claimed = waitingOn === 0 && places[kind] > 0;
    const seq = insertMessage({
      arrival,
      identity,
      details: judgement.details,
      first: true,
      state: claimed ? 'dispatching' : 'recorded',
      waitingOn,
      work: judgement,
      ...(claimed ? { claimedIn: incarnation } : {}),
    });
    lines.join(seq, judgement.lineKeys);
    states.enter(kind, 'recorded');
    if (!claimed) return { art: 'waiting', seq };
    places[kind] -= 1;
    states.move(kind, 'recorded', 'dispatching');
    return { art: 'claimed', seq };
  };

  const recordAnswered = (
    arrival: StoredArrival,
    judgement: Of<'answer' | 'svar'>,
    known: Acquaintance,
  ): StoredRecorded => {
    if (known.earlier === 'same') throw new Error('judged anew, although it is a repeat');
    const { answer, udfald, published } = worthOf(judgement);
    const identity = identityAs(arrival, judgement, udfald);
    const before = judgement.art === 'svar' ? acquaint(identity) : known;
    // A svar that is refused for the same reason as before gets the stored receipt.
    if (judgement.art === 'svar' && before.repeatOf !== undefined)
      return recordRepeat(arrival, judgement.details, before);
    const { receivedAt } = arrival;
    const seq = insertMessage({
      arrival,
      identity,
      details: judgement.details,
      first: known.earlier === 'none',
      state: 'done',
      udfald,
      waitingOn: 0,
    });
    states.enter(identity.kind, 'done');
    if (known.earlier === 'other') note(seq, receivedAt, 'conflict');
    return answered(judgement.art, [...published, answers.add(answer, receivedAt, seq)]);
  };

  const worthOf = (judgement: Of<'answer' | 'svar'>) => {
    if (judgement.art === 'answer') return { answer: judgement.answer, udfald: 'afvist', published: [] };
    const { verdict, answers: published } = svars.report(judgement.report);
    return { answer: judgement.receipt(verdict), udfald: verdict, published };
  };

  const recordRepeat = (
    arrival: StoredArrival,
    repeat: { readonly transaktionsId?: string },
    known: Acquaintance,
  ): StoredRecorded => {
    if (known.repeatOf === undefined) throw new Error('judged as repeat, although it is none');
    const { receivedAt, properties } = arrival;
    note(known.repeatOf, receivedAt, 'repeat');
    const original = answers.kvitteringOf(known.repeatOf);
    if (original === undefined) return { art: 'nothing' };
    const correlationId = properties.correlationId ?? properties.messageId ?? repeat.transaktionsId;
    return answered('repeat', [answers.addRepeat(original, receivedAt, correlationId)]);
  };

  const recordOne = (arrival: StoredArrival, places: Places): StoredRecorded => {
    const known = arrival.identity === undefined ? NOTHING_KNOWN : acquaint(arrival.identity);
    const judgement = arrival.judge({ earlier: known.earlier, eksternIdUsed: known.eksternIdUsed });
    switch (judgement.art) {
      case 'dispatch':
        return recordWork(arrival, judgement, known, places);
      case 'answer':
      case 'svar':
        return recordAnswered(arrival, judgement, known);
      case 'repeat':
        return recordRepeat(arrival, judgement, known);
      case 'fejlkoe':
        return answered('fejlkoe', fejlkoe(arrival, judgement));
      case 'nothing':
        return { art: 'nothing' };
    }
  };

  return (arrivals, capacity) => {
    const places = freePlaces(capacity);
    return arrivals.map((arrival) => recordOne(arrival, places));
  };
}

/**
 * A svar that was refused is remembered under what it was refused for, so that the same svar is judged anew: it may have
 * come too early, or under a wrong TransaktionsId.
 */
function identityAs(arrival: StoredArrival, judgement: Of<'answer' | 'svar'>, udfald: string): Identity {
  const identity = identityOf(arrival);
  if (judgement.art === 'answer' || udfald === 'recorded' || udfald === 'same') return identity;
  return { ...identity, contentHash: `${udfald} ${judgement.details.transaktionsId} ${identity.contentHash}` };
}

function identityOf(arrival: StoredArrival): Identity {
  if (arrival.identity === undefined) throw new Error('judged as if it could be read, although it has no identity');
  return arrival.identity;
}

function answered(judgement: Judgement['art'], answers: readonly OutboxAnswer[]): StoredRecorded {
  return { art: 'answered', judgement, answers };
}
