/**
 * Where the processor time of a run went: reads the sampling profiles that Node writes for each thread (`--cpu-prof`), and
 * gives every sample to the step of the flow whose code is innermost on its stack.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The steps, in the order of the flow. */
export const PROFILE_STEPS = [
  'levering',
  'afkodning',
  'læsning',
  'skemakontrol',
  'regler',
  'ledger, hovedtråd',
  'ledger, egen tråd',
  'debitorsystem (simulator)',
  'skrivning',
  'udgivelse',
  'bekræftelse (ack)',
  'oprydning af hukommelse',
  'flow og andet',
] as const;
export type ProfileStep = (typeof PROFILE_STEPS)[number];

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The first that matches a frame, from the innermost one outwards, names the step. */
const CODE: readonly (readonly [RegExp, ProfileStep])[] = [
  [/\/src\/broker\/consumer\.ts$/, 'bekræftelse (ack)'],
  [/\/src\/broker\/publisher\.ts$/, 'udgivelse'],
  [/\/src\/oio\/bytes\.ts$/, 'afkodning'],
  [/\/node_modules\/saxes\/|\/src\/oio\/(xml-|plain-reader|tree-reader|tree\.|place|nfc|markup)/, 'læsning'],
  [/\/node_modules\/ajv|\/src\/json-schema|\/src\/oio\/(validate|project|plan|problems|formats)/, 'skemakontrol'],
  [/\/src\/oio\/(write|pretty)/, 'skrivning'],
  [/\/src\/flow\/compose\.ts$/, 'skrivning'],
  [/\/src\/(anmodninger|domain|rulebook)/, 'regler'],
  [/\/src\/debitorsystem\/backends\//, 'debitorsystem (simulator)'],
  [/\/src\/ledger\//, 'ledger, hovedtråd'],
];

/** The library's share of delivering, acking and publishing, told apart by what calls it. */
const AMQPLIB = /\/node_modules\/(amqplib|buffer-more-ints)\//;
const OUTSIDE: ReadonlySet<string> = new Set(['(idle)', '(program)', '(root)']);

function stepOf(stack: readonly CallFrame[], isLedgerThread: boolean): ProfileStep | undefined {
  const [innermost] = stack;
  if (innermost === undefined || OUTSIDE.has(innermost.functionName)) return undefined;
  if (innermost.functionName === '(garbage collector)') return 'oprydning af hukommelse';
  let inLibrary = false;
  for (const { url } of stack) {
    inLibrary ||= AMQPLIB.test(url);
    const step = CODE.find(([pattern]) => pattern.test(url))?.[1];
    // Under the library's own callback for what came in, the consumer's code is the delivery.
    if (step === 'bekræftelse (ack)' && !inLibrary) return 'levering';
    if (step !== undefined) return isLedgerThread && step === 'ledger, hovedtråd' ? 'ledger, egen tråd' : step;
  }
  if (inLibrary) return 'levering';
  return isLedgerThread ? 'ledger, egen tråd' : 'flow og andet';
}

/** Microseconds of each step in one thread's profile. */
function readProfile(path: string): Map<ProfileStep, number> {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(path, 'utf8')) as CpuProfile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const isLedgerThread = nodes.some(({ callFrame }) => callFrame.url.endsWith('/ledger/sqlite-thread-entry.ts'));
  const stackOf = (id: number | undefined): CallFrame[] => {
    const stack: CallFrame[] = [];
    for (let at = id; at !== undefined; at = parents.get(at)) {
      const node = byId.get(at);
      if (node !== undefined) stack.push(node.callFrame);
    }
    return stack;
  };
  const steps = new Map(nodes.map(({ id }) => [id, stepOf(stackOf(id), isLedgerThread)]));
  const totals = new Map<ProfileStep, number>();
  for (const [index, sample] of samples.entries()) {
    const step = steps.get(sample);
    if (step !== undefined) totals.set(step, (totals.get(step) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return totals;
}

/** Microseconds of each step over all threads whose profiles lie in a folder. */
export function readProfiles(folder: string): ReadonlyMap<ProfileStep, number> {
  const totals = new Map<ProfileStep, number>(PROFILE_STEPS.map((step) => [step, 0]));
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.cpuprofile'))) {
    for (const [step, us] of readProfile(join(folder, name))) totals.set(step, (totals.get(step) ?? 0) + us);
  }
  return totals;
}
