/** What the judge says: its counts, and several runs' counts as one. */
import type { Disturbances } from './evidence.ts';

/** Every count must be zero. */
export interface Faults {
  /** Confirmed messages that left no trace, and answers that say "carried out" of what never was. */
  readonly lost: number;
  /** Effects beyond the first of one anmodning, under whatever key. */
  readonly carriedOutTwice: number;
  /** Effects and answers that nobody asked for. */
  readonly unexpected: number;
  /** Anmodninger with more than one distinct answer in the same part. */
  readonly differingAnswers: number;
  /** Kvitteringer, and svar after a MODTAGET, that never came. */
  readonly missingAnswers: number;
  readonly svarBeforeModtaget: number;
  /** First effects that came before that of an earlier anmodning in the same line. */
  readonly orderBroken: number;
}

export interface Verdict extends Faults {
  /** Over all cash effects. */
  readonly oereBooked: bigint;
  /** Over distinct payments that were answered as booked. */
  readonly oereAccepted: bigint;
  readonly sent: number;
  readonly distinct: number;
  readonly effects: number;
  readonly received: number;
  /** Received more than once: the same answer again, which is allowed. */
  readonly repeatsReceived: number;
  readonly awaitingPerson: number;
  readonly disturbances: Disturbances;
  readonly ok: boolean;
  /** The first findings, for whoever looks into it; ids only. */
  readonly findings: readonly string[];
}

export interface JudgeOptions {
  /** A run that was to be disturbed and saw no redelivery proves nothing, and is not ok. */
  readonly requireRedeliveries: boolean;
}

/** So many findings are told in words; all are counted. */
export const MAX_FINDINGS = 40;

/** One verdict over several runs. */
export function combine(verdicts: readonly Verdict[], options: JudgeOptions): Verdict {
  const sum = (
    count: Exclude<keyof Verdict, 'ok' | 'findings' | 'disturbances' | 'oereBooked' | 'oereAccepted'>,
  ): number => verdicts.reduce((all, verdict) => all + verdict[count], 0);
  const disturbed = (art: keyof Disturbances): number =>
    verdicts.reduce((all, { disturbances }) => all + disturbances[art], 0);
  const redeliveries = disturbed('redeliveries');
  const proves = !options.requireRedeliveries || redeliveries > 0;
  const findings = verdicts.flatMap(({ findings: found }) => found);
  return {
    lost: sum('lost'),
    carriedOutTwice: sum('carriedOutTwice'),
    unexpected: sum('unexpected'),
    differingAnswers: sum('differingAnswers'),
    missingAnswers: sum('missingAnswers'),
    svarBeforeModtaget: sum('svarBeforeModtaget'),
    orderBroken: sum('orderBroken'),
    oereBooked: verdicts.reduce((all, { oereBooked }) => all + oereBooked, 0n),
    oereAccepted: verdicts.reduce((all, { oereAccepted }) => all + oereAccepted, 0n),
    sent: sum('sent'),
    distinct: sum('distinct'),
    effects: sum('effects'),
    received: sum('received'),
    repeatsReceived: sum('repeatsReceived'),
    awaitingPerson: sum('awaitingPerson'),
    disturbances: {
      redeliveries,
      adapterKills: disturbed('adapterKills'),
      adapterStops: disturbed('adapterStops'),
      brokerKills: disturbed('brokerKills'),
      freezes: disturbed('freezes'),
      networkFaults: disturbed('networkFaults'),
    },
    ok: verdicts.every(({ ok }) => ok) && proves,
    findings: (proves ? findings : [...findings, 'no redelivery: the runs prove nothing']).slice(0, MAX_FINDINGS),
  };
}
