/** What a layer reports: the judge's counts, and what belongs to the layer alone; as a table or as JSON. */
import type { Verdict } from './verdict.ts';

export interface LayerReport {
  readonly layer: string;
  readonly seed: number;
  readonly verdict: Verdict;
  /** Counts of the layer's own, in the order in which they are shown. */
  readonly counts: Readonly<Record<string, number | string>>;
  /** What the layer itself found wrong, such as a crash point that was never hit. Empty where all is well. */
  readonly problems: readonly string[];
  readonly durationMs: number;
}

export function isOk({ verdict, problems }: LayerReport): boolean {
  return verdict.ok && problems.length === 0;
}

const LABELS = {
  sent: 'meddelelser sendt',
  distinct: 'forskellige anmodninger',
  effects: 'udført i debitorsystemet',
  received: 'svar modtaget',
  repeatsReceived: 'gentagne svar blandt dem',
  awaitingPerson: 'venter på et menneske',
  lost: 'TABT',
  carriedOutTwice: 'UDFØRT TO GANGE',
  unexpected: 'UVENTET',
  differingAnswers: 'FORSKELLIGE SVAR',
  missingAnswers: 'MANGLENDE SVAR',
  svarBeforeModtaget: 'SVAR FØR MODTAGET',
  orderBroken: 'RÆKKEFØLGE BRUDT',
  oereBooked: 'øre bogført',
  oereAccepted: 'øre accepteret',
} as const satisfies Partial<Record<keyof Verdict, string>>;

const DISTURBANCES = {
  redeliveries: 'genleveringer',
  adapterKills: 'adapteren dræbt (SIGKILL)',
  adapterStops: 'adapteren stoppet (SIGTERM)',
  brokerKills: 'RabbitMQ dræbt (SIGKILL)',
  freezes: 'frosset (SIGSTOP)',
  networkFaults: 'netværksfejl',
} as const satisfies Record<keyof Verdict['disturbances'], string>;

function rowsOf({ verdict, counts }: LayerReport): readonly (readonly [string, string])[] {
  const labels = Object.entries(LABELS) as [keyof typeof LABELS, string][];
  const disturbances = Object.entries(DISTURBANCES) as [keyof typeof DISTURBANCES, string][];
  return [
    ...labels.map(([name, label]) => [label, String(verdict[name])] as const),
    ...disturbances.map(([name, label]) => [label, String(verdict.disturbances[name])] as const),
    ...Object.entries(counts).map(([label, value]) => [label, String(value)] as const),
  ];
}

export function reportTable(report: LayerReport): string {
  const rows = rowsOf(report);
  const width = Math.max(...rows.map(([label]) => label.length));
  const verdict = isOk(report) ? 'intet fundet' : 'FEJL FUNDET';
  const findings = [...report.problems, ...report.verdict.findings].map((line) => `  ! ${line}`);
  return [
    `${report.layer}: ${verdict} (seed ${report.seed}, ${(report.durationMs / 1000).toFixed(1)} s)`,
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value.padStart(12)}`),
    ...findings,
  ].join('\n');
}

/** The same as one JSON value; øre as decimal strings. */
export function reportJson(report: LayerReport): unknown {
  const { verdict, ...rest } = report;
  const { oereBooked, oereAccepted, ...counts } = verdict;
  return {
    ...rest,
    ok: isOk(report),
    verdict: { ...counts, oereBooked: `${oereBooked}`, oereAccepted: `${oereAccepted}` },
  };
}
