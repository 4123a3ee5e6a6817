/**
 * The judge of every proof layer: reads what was published, what was carried out and what was received, and counts every
 * way in which the promises of spec 3 could have been broken. Pure; it knows neither the adapter nor how evidence is made.
 */
import type { Effect, Evidence, Identity, Received, Sent } from './evidence.ts';
import { type Faults, type JudgeOptions, MAX_FINDINGS, type Verdict } from './verdict.ts';

const CARRIED_OUT: ReadonlySet<string> = new Set(['ACCEPTERET', 'MODTAGET']);

class Findings {
  readonly counts = {
    lost: 0,
    carriedOutTwice: 0,
    unexpected: 0,
    differingAnswers: 0,
    missingAnswers: 0,
    svarBeforeModtaget: 0,
    orderBroken: 0,
  };
  readonly texts: string[] = [];

  note(fault: keyof Faults, text: string, count = 1): void {
    this.counts[fault] += count;
    if (this.texts.length < MAX_FINDINGS) this.texts.push(`${fault}: ${text}`);
  }
}

function keyOf({ fagsystem, art, id }: Identity): string {
  return `${fagsystem} ${art} ${id}`;
}

function gather<T>(items: readonly T[], keyFor: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyFor(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** All that came in one fagsystem's queue about one anmodning. */
interface Answers {
  readonly kvitteringer: Received[];
  readonly svar: Received[];
  /** To messages with other content under the same id, by that content. */
  readonly conflicts: Map<string, Received[]>;
}

interface Case {
  readonly evidence: Evidence;
  readonly found: Findings;
  /** What each identity was first sent as. */
  readonly firsts: ReadonlyMap<string, Sent>;
  readonly effects: ReadonlyMap<string, readonly Effect[]>;
  readonly answers: Map<string, Answers>;
  /** How many answers came under a correlation id. */
  readonly answered: Map<string, number>;
  /** Identities that wait for a person, and those behind them in their lines. */
  readonly excused: ReadonlySet<string>;
}

function firstsOf(sent: readonly Sent[]): Map<string, Sent> {
  const firsts = new Map<string, Sent>();
  for (const one of sent) {
    if (one.role !== 'anmodning' && one.role !== 'regelbrud') continue;
    if (!firsts.has(keyOf(one))) firsts.set(keyOf(one), one);
  }
  return firsts;
}

function excusedOf(firsts: Iterable<Sent>, awaitingPerson: readonly string[]): Set<string> {
  const waiting = new Set(awaitingPerson);
  const blocked = new Set<string>();
  const excused = new Set<string>();
  if (waiting.size === 0) return excused;
  for (const first of firsts) {
    if (first.role !== 'anmodning') continue;
    if (!waiting.has(first.id) && !first.lines.some((line) => blocked.has(line))) continue;
    excused.add(keyOf(first));
    for (const line of first.lines) blocked.add(line);
  }
  return excused;
}

/** What an answer to a message of this role may look like; undefined where it is as it should be. */
function objectionTo(answer: Received, sent: Sent | undefined, first: Sent | undefined): string | undefined {
  if (sent === undefined) return 'answers nothing that was sent';
  if (sent.fagsystem !== answer.fagsystem) return "stands in another fagsystem's queue";
  switch (sent.role) {
    case 'ulaeselig':
      return answer.art === 'transportkvittering' ? undefined : `is a ${answer.art} to what can't be read`;
    case 'falsk':
      return 'answers a sender who must not be answered';
    case 'konflikt': {
      if (answer.id !== sent.id || answer.art !== 'kvittering') return 'is not the kvittering of its message';
      return answer.conflict && answer.kode === 'AFVIST' ? undefined : 'does not say that the id was used before';
    }
    default:
      if (answer.id !== sent.id) return 'names another anmodning than the one it answers';
      if (answer.art === 'transportkvittering') return 'is a TransportKvittering to what can be read';
      if (first?.role === 'regelbrud') {
        return answer.art === 'kvittering' && answer.kode === 'AFVIST'
          ? undefined
          : 'does not refuse what breaks a rule';
      }
      if (answer.conflict) return 'says that the id was used before, to the first content';
      return answer.art === 'svar' && sent.art !== 'handling' ? 'is a svar to a cash payment' : undefined;
  }
}

function sortAnswers(judged: Case): void {
  const { evidence, found, firsts, answers, answered } = judged;
  const byCorrelation = new Map(evidence.sent.map((one) => [one.correlationId, one]));
  for (const answer of evidence.received) {
    const sent = answer.correlationId === undefined ? undefined : byCorrelation.get(answer.correlationId);
    const key = sent === undefined ? '' : keyOf(sent);
    const objection = objectionTo(answer, sent, firsts.get(key));
    if (objection !== undefined || sent === undefined) {
      found.note('unexpected', `answer ${answer.messageId ?? '?'} (${answer.kode ?? '?'}) ${objection ?? ''}`);
      continue;
    }
    answered.set(sent.correlationId, (answered.get(sent.correlationId) ?? 0) + 1);
    if (sent.role === 'ulaeselig') continue;
    const about = answers.get(key) ?? { kvitteringer: [], svar: [], conflicts: new Map<string, Received[]>() };
    answers.set(key, about);
    if (sent.role === 'konflikt') {
      about.conflicts.set(sent.content, [...(about.conflicts.get(sent.content) ?? []), answer]);
    } else (answer.art === 'svar' ? about.svar : about.kvitteringer).push(answer);
  }
}

/** The same answer has the same body and the same message id, every time. */
function distinct(answers: readonly Received[]): number {
  return new Set(answers.map(({ body, messageId }) => `${body} ${messageId}`)).size;
}

function judgeAnswers({ found, firsts, answers, excused }: Case): void {
  for (const [key, first] of firsts) {
    const about = answers.get(key);
    const [kvittering] = about?.kvitteringer ?? [];
    for (const group of [about?.kvitteringer ?? [], about?.svar ?? [], ...(about?.conflicts.values() ?? [])]) {
      const extra = distinct(group) - 1;
      if (extra > 0) found.note('differingAnswers', key, extra);
    }
    if (excused.has(key) || !first.confirmed) continue;
    if (kvittering === undefined) found.note('missingAnswers', `${key}: no kvittering`);
    else if (kvittering.kode === 'MODTAGET' && about?.svar.length === 0)
      found.note('missingAnswers', `${key}: no svar`);
  }
}

/** A svar needs a MODTAGET, and stands behind it in the queue. */
function judgeSvarOrder({ evidence, found, firsts, answers }: Case): void {
  const position = new Map(evidence.received.map((answer, index) => [answer, index]));
  const at = (answer: Received | undefined): number =>
    (answer === undefined ? undefined : position.get(answer)) ?? Number.POSITIVE_INFINITY;
  for (const key of firsts.keys()) {
    const about = answers.get(key);
    const [svar] = about?.svar ?? [];
    if (svar === undefined) continue;
    const answeredAtOnce = about?.kvitteringer.some(({ kode }) => kode !== 'MODTAGET') ?? false;
    if (answeredAtOnce) found.note('unexpected', `${key}: a svar to what was answered at once`);
    else if (at(svar) < at(about?.kvitteringer[0])) found.note('svarBeforeModtaget', key);
  }
}

function judgeEffects({ found, firsts, effects, answers }: Case): void {
  for (const [key, carriedOut] of effects) {
    const first = firsts.get(key);
    if (first === undefined || first.role === 'regelbrud') {
      found.note('unexpected', `${key}: carried out, and should not have been`, carriedOut.length);
      continue;
    }
    if (carriedOut.length > 1) found.note('carriedOutTwice', key, carriedOut.length - 1);
    const other = carriedOut.filter(({ content, oere }) => content !== first.content || oere !== first.oere).length;
    if (other > 0) found.note('unexpected', `${key}: carried out with other content`, other);
    const refused = answers.get(key)?.kvitteringer.find(({ kode }) => !CARRIED_OUT.has(kode ?? ''));
    if (refused !== undefined) found.note('unexpected', `${key}: carried out, and answered ${refused.kode ?? '?'}`);
  }
  for (const [key, about] of answers) {
    const says = about.kvitteringer.find(({ kode }) => CARRIED_OUT.has(kode ?? ''));
    if (says !== undefined && !effects.has(key))
      found.note('lost', `${key}: answered ${says.kode ?? '?'}, not carried out`);
  }
}

function judgeTraces({ evidence, found, effects, answers, answered, excused }: Case): void {
  const fejlkoe = new Set(evidence.fejlkoe);
  for (const sent of evidence.sent) {
    const key = keyOf(sent);
    if (!sent.confirmed || excused.has(key)) continue;
    const own = answered.has(sent.correlationId);
    const listed = fejlkoe.has(sent.messageId);
    const known = effects.has(key) || (answers.get(key)?.kvitteringer.length ?? 0) > 0;
    const label = `${sent.role} ${key}`;
    switch (sent.role) {
      case 'anmodning':
      case 'regelbrud':
        if (!own && !known && !listed) found.note('lost', label);
        break;
      case 'gentagelse':
        if (!own && (sent.afterAnswer || !known)) found.note('lost', label);
        break;
      case 'konflikt':
        if (!own) found.note('lost', label);
        break;
      case 'ulaeselig':
        if (!own && !listed) found.note('lost', label);
        else if (!own) found.note('missingAnswers', label);
        else if (!listed) found.note('lost', `${label}: not in the fejlkø`);
        break;
      case 'falsk':
        if (!listed) found.note('lost', label);
        break;
    }
  }
}

function judgeOrder({ found, firsts, effects }: Case): void {
  const latest = new Map<string, { readonly seq: number; readonly key: string }>();
  for (const [key, first] of firsts) {
    const seq = effects.get(key)?.[0]?.seq;
    if (seq === undefined) continue;
    for (const line of first.lines) {
      const before = latest.get(line);
      if (before === undefined || seq > before.seq) latest.set(line, { seq, key });
      else found.note('orderBroken', `${key} before ${before.key}, ${line.startsWith('kontant') ? 'kontant' : line}`);
    }
  }
}

function sums({ firsts, effects, answers, excused }: Case): { readonly booked: bigint; readonly accepted: bigint } {
  let booked = 0n;
  let accepted = 0n;
  for (const [key, carriedOut] of effects) {
    if (excused.has(key)) continue;
    for (const { art, oere } of carriedOut) if (art === 'kontantIndbetaling') booked += oere;
  }
  for (const [key, first] of firsts) {
    if (first.art !== 'kontantIndbetaling' || excused.has(key)) continue;
    if (answers.get(key)?.kvitteringer.some(({ kode }) => kode === 'ACCEPTERET')) accepted += first.oere;
  }
  return { booked, accepted };
}

function bySeq(one: Effect, other: Effect): number {
  return one.seq - other.seq;
}

export function judge(evidence: Evidence, options: JudgeOptions): Verdict {
  const firsts = firstsOf(evidence.sent.toSorted((one, other) => one.n - other.n));
  const judged: Case = {
    evidence,
    found: new Findings(),
    firsts,
    effects: gather(evidence.effects.toSorted(bySeq), keyOf),
    answers: new Map(),
    answered: new Map(),
    excused: excusedOf(firsts.values(), evidence.awaitingPerson),
  };
  sortAnswers(judged);
  judgeAnswers(judged);
  judgeSvarOrder(judged);
  judgeEffects(judged);
  judgeTraces(judged);
  judgeOrder(judged);
  const { booked, accepted } = sums(judged);
  const { counts, texts: findings } = judged.found;
  const { disturbances } = evidence;
  const clean = Object.values(counts).every((count) => count === 0) && booked === accepted;
  if (booked !== accepted) findings.push(`øre booked ${booked}, øre accepted ${accepted}`);
  const proves = !options.requireRedeliveries || disturbances.redeliveries > 0;
  if (!proves) findings.push('no redelivery: the run proves nothing');
  return {
    ...counts,
    oereBooked: booked,
    oereAccepted: accepted,
    sent: evidence.sent.length,
    distinct: firsts.size,
    effects: evidence.effects.length,
    received: evidence.received.length,
    repeatsReceived: evidence.received.length - distinct(evidence.received),
    awaitingPerson: evidence.awaitingPerson.length,
    disturbances,
    ok: clean && proves,
    findings,
  };
}
