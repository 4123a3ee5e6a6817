/**
 * Rounds of runs: every subject once in each, turn about who goes first so that nobody always meets the warmer machine, and
 * the machine's own speed beside each round.
 */
import { type Drained, drain } from './drain.ts';
import { type Calibration, calibrate } from './machine.ts';
import type { Site } from './site.ts';
import type { Amount } from './sizes.ts';
import type { Subject } from './subject.ts';

export interface Round {
  readonly calibration: Calibration;
  readonly runs: readonly Drained[];
}

/** What is answered and not timed is the first fifth, so more is needed than the seconds that are timed. */
const SECONDS_TO_MESSAGES = 1.4;
const TRIAL_MESSAGES = 30_000;

/**
 * @param alike subjects that are to get the very same number of messages, as many as the fastest of them needs; the others
 * get as many as they need themselves.
 */
export async function runRounds(
  site: Site,
  name: string,
  subjects: readonly Subject[],
  options: { readonly rounds: number; readonly amount: Amount; readonly alike: ReadonlySet<string> },
): Promise<readonly Round[]> {
  const { rounds, amount, alike } = options;
  const fastest = new Map<string, number>();
  const one = async (subject: Subject, run: string, messages: number): Promise<Drained> => {
    const drained = await drain(site, subject, { run, messages });
    fastest.set(subject.name, Math.max(fastest.get(subject.name) ?? 0, drained.messagesPerSecond));
    return drained;
  };
  const messagesFor = (subject: Subject): number => {
    if ('messages' in amount) return amount.messages;
    const rates = alike.has(subject.name) ? [...alike].map((other) => fastest.get(other) ?? 0) : [];
    const rate = Math.max(fastest.get(subject.name) ?? 0, ...rates);
    return Math.ceil((rate * amount.seconds * SECONDS_TO_MESSAGES) / 1000) * 1000;
  };
  if ('seconds' in amount) {
    for (const subject of subjects) await one(subject, `${name}-trial-${fileName(subject)}`, TRIAL_MESSAGES);
  }
  const done: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const calibration = calibrate(site.folder);
    const runs: Drained[] = [];
    const order = subjects.map((_, index) => subjects[(index + round) % subjects.length]);
    for (const subject of order) {
      if (subject === undefined) continue;
      const drained = await one(subject, `${name}-${round}-${fileName(subject)}`, messagesFor(subject));
      runs.push(drained);
      site.log(`${name} ${round + 1}/${rounds}: ${subject.name} ${Math.round(drained.messagesPerSecond)} beskeder/s`);
    }
    done.push({ calibration, runs });
  }
  return done;
}

function fileName({ name }: Subject): string {
  return name.replaceAll(/[^a-z0-9-]+/g, '-');
}

/** The rates of a subject, one for each round. */
export function ratesOf(rounds: readonly Round[], who: string): readonly number[] {
  return rounds.map(({ runs }) => runs.find((run) => run.who === who)?.messagesPerSecond ?? Number.NaN);
}

/** How one subject's rate stands to another's in each round. */
export function ratiosOf(rounds: readonly Round[], who: string, to: string): readonly number[] {
  const others = ratesOf(rounds, to);
  return ratesOf(rounds, who).map((rate, round) => rate / (others[round] ?? Number.NaN));
}
