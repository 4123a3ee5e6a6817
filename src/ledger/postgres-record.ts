/**
 * Recording in a PostgreSQL ledger: every arrival is judged by what is known at its turn, so that the arrivals of one batch
 * see each other, and becomes work in line, an answer, or an entry of the fejlkø. Works inside the caller's transaction,
 * under the lock `ledger`.
 *
 * What differs from SQLite: what is known is read for a whole batch at once and kept up with in memory, and everything is
 * written together. A svar stands alone, since it changes messages that are there already.
 */
import type {
  Arrival,
  Capacity,
  Claim,
  CommandKind,
  Identity,
  Judgement,
  MessageDetails,
  OutboxAnswer,
  Recorded,
  Seq,
  SvarVerdict,
} from './ledger.ts';
import { addAnswer, addRepeat, kvitteringerOf } from './postgres-answers.ts';
import { readyKinds } from './postgres-claims.ts';
import type { Database } from './postgres-database.ts';
import { keepInFejlkoe, type Refusal } from './postgres-fejlkoe.ts';
import { type Acquaintance, Identities, NOTHING_KNOWN } from './postgres-identities.ts';
import { occupiedLines } from './postgres-lines.ts';
import { insertMessage } from './postgres-messages.ts';
import { recordSvar } from './postgres-svar.ts';
import type { Unit } from './postgres-unit.ts';
import { keptProperties, lineKeys } from './rows.ts';

type Places = { [Kind in CommandKind]: number };
type Of<Art extends Judgement['art']> = Extract<Judgement, { readonly art: Art }>;

/** Work whose place in line is not known yet. */
interface Work {
  readonly seq: Seq;
  readonly kind: CommandKind;
  readonly arrival: Arrival;
  readonly identity: Identity;
  readonly judgement: Of<'dispatch'>;
  readonly keys: readonly Buffer[];
}

/** A batch of arrivals among which no svar is, while it is judged. */
class Batch {
  readonly work: Work[] = [];
  readonly refusals: Refusal[] = [];
  readonly #unit: Unit;
  readonly #known: Identities;
  /** The answers to what the batch may repeat. */
  readonly #kvitteringer: Map<Seq, OutboxAnswer>;

  constructor(unit: Unit, known: Identities, kvitteringer: Map<Seq, OutboxAnswer>) {
    this.#unit = unit;
    this.#known = known;
    this.#kvitteringer = kvitteringer;
  }

  judge(arrival: Arrival): Recorded | Work {
    const known = arrival.identity === undefined ? NOTHING_KNOWN : this.#known.of(arrival.identity);
    const judgement = arrival.judge({ earlier: known.earlier, eksternIdUsed: known.eksternIdUsed });
    switch (judgement.art) {
      case 'dispatch':
        return this.#recordWork(arrival, judgement, known);
      case 'answer':
        return this.#recordAnswered(arrival, judgement, known);
      case 'repeat':
        return recordRepeat(this.#unit, arrival, judgement, known, this.#kvitteringer);
      case 'fejlkoe':
        return this.#refuse(arrival, judgement);
      case 'nothing':
        return { art: 'nothing' };
      case 'svar':
        throw new Error('judged as a svar, although it is none');
    }
  }

  #recordWork(arrival: Arrival, judgement: Of<'dispatch'>, known: Acquaintance): Work {
    const identity = identityOf(arrival);
    const { kind } = identity;
    // What the rules let through twice would be carried out twice: refuse to record it, whatever they say.
    if (kind === 'svar' || known.earlier !== 'none' || known.eksternIdUsed) {
      throw new Error('judged as dispatch, although it was used before or is a svar');
    }
    const work = { seq: this.#unit.nextSeq(), kind, arrival, identity, judgement, keys: lineKeys(judgement.lines) };
    this.#known.add(identity, work.seq, true);
    this.work.push(work);
    return work;
  }

  #recordAnswered(arrival: Arrival, judgement: Of<'answer'>, known: Acquaintance): Recorded {
    const identity = identityOf(arrival);
    if (known.earlier === 'same') throw new Error('judged anew, although it is a repeat');
    const seq = insertAnswered(this.#unit, arrival, identity, judgement.details, known, 'afvist');
    const answer = addAnswer(this.#unit, judgement.answer, arrival.receivedAt, seq);
    this.#known.add(identity, seq, false);
    this.#kvitteringer.set(seq, answer);
    return answered('answer', [answer]);
  }

  #refuse(arrival: Arrival, judgement: Of<'fejlkoe'>): Recorded {
    this.refusals.push({ arrival, judgement });
    // A redelivery may mean that the sender asked again: it is answered again, with the same message id.
    const { answer } = judgement;
    return answered('fejlkoe', answer === undefined ? [] : [addAnswer(this.#unit, answer, arrival.receivedAt)]);
  }
}

/** A message that is finished by being recorded. */
function insertAnswered(
  unit: Unit,
  arrival: Arrival,
  identity: Identity,
  details: MessageDetails,
  known: Acquaintance,
  udfald: string,
): Seq {
  const seq = unit.nextSeq();
  const first = known.earlier === 'none';
  insertMessage(unit, { seq, arrival, identity, details, first, state: 'done', udfald, waitingOn: 0 });
  unit.enter(identity.kind, 'done');
  if (!first) unit.note(seq, arrival.receivedAt, 'conflict');
  return seq;
}

function recordRepeat(
  unit: Unit,
  arrival: Arrival,
  repeat: { readonly transaktionsId?: string },
  known: Acquaintance,
  kvitteringer: ReadonlyMap<Seq, OutboxAnswer>,
): Recorded {
  if (known.repeatOf === undefined) throw new Error('judged as repeat, although it is none');
  const { receivedAt, properties } = arrival;
  unit.note(known.repeatOf, receivedAt, 'repeat');
  const original = kvitteringer.get(known.repeatOf);
  if (original === undefined) return { art: 'nothing' };
  const correlationId = properties.correlationId ?? properties.messageId ?? repeat.transaktionsId;
  return answered('repeat', [addRepeat(unit, original, receivedAt, correlationId)]);
}

/** Gives work its place in line, and claims what can start at once. */
function recordWork(unit: Unit, work: Work, occupied: Set<string>, places: Places): Recorded {
  const { seq, kind, arrival, identity, judgement } = work;
  const keys = work.keys.map((key) => key.toString('hex'));
  const waitingOn = keys.filter((key) => occupied.has(key)).length;
  const claimed = waitingOn === 0 && places[kind] > 0;
  const { details } = judgement;
  const state = claimed ? 'dispatching' : 'recorded';
  const base = { seq, arrival, identity, details, first: true, waitingOn, work: judgement, state } as const;
  insertMessage(unit, claimed ? { ...base, claimedBy: unit.owner } : base);
  for (const key of keys) {
    occupied.add(key);
    unit.insert('line', { line_key: key, seq });
  }
  unit.enter(kind, 'recorded');
  if (!claimed) return { art: 'waiting', seq };
  places[kind] -= 1;
  unit.move(kind, 'recorded', 'dispatching');
  const claim = firstClaim(work);
  unit.claims.push(claim);
  return { art: 'claimed', claim };
}

async function recordBatch(unit: Unit, arrivals: readonly Arrival[], places: Places): Promise<readonly Recorded[]> {
  const known = await Identities.read(
    unit.session,
    arrivals.flatMap(({ identity }) => identity ?? []),
  );
  const batch = new Batch(unit, known, await kvitteringerOf(unit.session, known.repeated()));
  const judged = arrivals.map((arrival) => batch.judge(arrival));
  const occupied = await occupiedLines(
    unit.session,
    batch.work.flatMap(({ keys }) => keys),
  );
  await keepInFejlkoe(unit, batch.refusals);
  return judged.map((one) => ('art' in one ? one : recordWork(unit, one, occupied, places)));
}

/** One svar. What else a message from a debitorsystem is judged as goes the way of all. */
async function recordSvarArrival(
  database: Database,
  unit: Unit,
  arrival: Arrival,
  places: Places,
): Promise<readonly Recorded[]> {
  const arrived = identityOf(arrival);
  const known = (await Identities.read(unit.session, [arrived])).of(arrived);
  const judgement = arrival.judge({ earlier: known.earlier, eksternIdUsed: known.eksternIdUsed });
  if (judgement.art !== 'svar') return recordBatch(unit, [arrival], places);
  if (known.earlier === 'same') throw new Error('judged anew, although it is a repeat');
  const { verdict, answers } = await recordSvar(database, unit, judgement.report);
  const identity = identityAs(arrived, judgement, verdict);
  const identities = await Identities.read(unit.session, [identity]);
  const before = identities.of(identity);
  // A svar that is refused for the same reason as before gets the stored receipt.
  if (before.repeatOf !== undefined) {
    const kvitteringer = await kvitteringerOf(unit.session, identities.repeated());
    return [recordRepeat(unit, arrival, judgement.details, before, kvitteringer)];
  }
  const seq = insertAnswered(unit, arrival, identity, judgement.details, before, verdict);
  const receipt = addAnswer(unit, judgement.receipt(verdict), arrival.receivedAt, seq);
  return [answered('svar', [...answers, receipt])];
}

/**
 * A svar that was refused is remembered under what it was refused for, so that the same svar is judged anew: it may have
 * come too early, or under a wrong TransaktionsId.
 */
function identityAs(identity: Identity, judgement: Of<'svar'>, verdict: SvarVerdict): Identity {
  if (verdict === 'recorded' || verdict === 'same') return identity;
  return { ...identity, contentHash: `${verdict} ${judgement.details.transaktionsId} ${identity.contentHash}` };
}

/** Records a batch in its order. */
export async function recordAll(
  database: Database,
  unit: Unit,
  arrivals: readonly Arrival[],
  capacity: Capacity,
): Promise<readonly Recorded[]> {
  const places = await freePlaces(unit, capacity);
  const recorded: Recorded[] = [];
  let batch: Arrival[] = [];
  const endBatch = async (): Promise<void> => {
    if (batch.length > 0) recorded.push(...(await recordBatch(unit, batch, places)));
    batch = [];
    await unit.flush();
  };
  for (const arrival of arrivals) {
    if (arrival.identity?.kind !== 'svar') batch.push(arrival);
    else {
      await endBatch();
      recorded.push(...(await recordSvarArrival(database, unit, arrival, places)));
    }
  }
  await endBatch();
  return recorded;
}

/** A newcomer must not overtake what is ready and waits for a place: then the caller's next claim comes first. */
async function freePlaces(unit: Unit, capacity: Capacity): Promise<Places> {
  const kinds = (['debitorkonto', 'kontantindbetaling'] as const).filter((kind) => capacity[kind] > 0);
  const waiting = await readyKinds(unit.session, kinds);
  const places = (kind: CommandKind): number => (waiting.has(kind) ? 0 : Math.max(0, capacity[kind]));
  return { debitorkonto: places('debitorkonto'), kontantindbetaling: places('kontantindbetaling') };
}

function identityOf(arrival: Arrival): Identity {
  if (arrival.identity === undefined) throw new Error('judged as if it could be read, although it has no identity');
  return arrival.identity;
}

function answered(judgement: Judgement['art'], answers: readonly OutboxAnswer[]): Recorded {
  return { art: 'answered', judgement, answers };
}

/** The claim of a message that could start at once: the very command that was judged, so that nothing is decoded. */
function firstClaim({ seq, kind, arrival, judgement }: Work): Claim {
  return {
    seq,
    kind,
    command: judgement.command,
    kontekst: judgement.kontekst,
    attempt: 1,
    asked: 1,
    inDoubt: false,
    properties: keptProperties(arrival.properties),
  };
}
