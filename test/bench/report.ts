/** The results as a table for people, each beside its goal (spec 6). */
import type { BenchResult } from './bench.ts';
import type { Calibration } from './machine.ts';
import { type Latency, median, type Spread } from './spread.ts';

/** One line: what was measured, what was found, the goal, and whether it was met. */
interface Row {
  readonly what: string;
  readonly found: string;
  readonly goal?: string;
  readonly met?: boolean;
}

/** A moment in which the machine had less than this share of its usual speed is a slow phase. */
const SLOW = 0.75;

const whole = (value: number): string => Math.round(value).toLocaleString('da-DK');
const decimal = (value: number, digits = 2): string => value.toFixed(digits).replace('.', ',');
const spread = ({ median: middle, min, max }: Spread, show: (value: number) => string): string =>
  `${show(middle)} (${show(min)} til ${show(max)})`;
const latency = ({ p50, p99, max, count }: Latency): string =>
  `p50 ${decimal(p50, 1)} p99 ${decimal(p99, 1)} max ${decimal(max, 1)} ms (${count})`;

function throughputRows({ throughput }: BenchResult): Row[] {
  if (throughput === null) return [];
  const { rates, toRawEcho, fastestPeer, toFastestPeer } = throughput;
  const rows: Row[] = Object.entries(rates).map(([who, rate]) => ({
    what: `${who}, beskeder/s`,
    found: spread(rate, whole),
  }));
  if (toRawEcho !== undefined) {
    const met = toRawEcho.median >= 0.75;
    rows.push({ what: 'adapter / rå ekko', found: spread(toRawEcho, decimal), goal: 'mindst 0,75', met });
  }
  if (toFastestPeer !== undefined) {
    const met = toFastestPeer.median >= 1;
    rows.push({ what: `adapter / ${fastestPeer}`, found: spread(toFastestPeer, decimal), goal: 'mindst 1,00', met });
  }
  return rows;
}

function latencyRows({ latencies }: BenchResult): Row[] {
  if (latencies === null) return [];
  const { per500, per1 } = latencies;
  const { adapter, rawEcho } = per500;
  const within = adapter.p50 <= 4 && adapter.p99 <= 15;
  const beside = adapter.p50 <= 2 * rawEcho.p50 && adapter.p99 <= 2 * rawEcho.p99;
  return [
    { what: '500/s, rå ekko', found: latency(rawEcho) },
    {
      what: '500/s, adapter',
      found: latency(adapter),
      goal: 'p50 højst 4, p99 højst 15 ms, højst 2 × rå ekko',
      met: within && beside,
    },
    { what: '1/s, rå ekko', found: latency(per1.rawEcho) },
    { what: '1/s, adapter', found: latency(per1.adapter), goal: 'p99 højst 10 ms', met: per1.adapter.p99 <= 10 },
  ];
}

function isolationRows({ isolation }: BenchResult): Row[] {
  if (isolation === null) return [];
  const { quiet, beside, ratio, mass } = isolation;
  return [
    { what: 'kontant i ro', found: latency(quiet) },
    { what: `kontant under ${whole(mass)} anmodninger`, found: latency(beside) },
    { what: 'p99 under / i ro', found: spread(ratio, decimal), goal: 'højst 3', met: ratio.median <= 3 },
  ];
}

function dataRows({ scale: { data } }: BenchResult): Row[] {
  if (data === null) return [];
  const { rows, empty, large, ratio, backlog } = data;
  return [
    { what: 'tom ledger, beskeder/s', found: spread(empty, whole) },
    { what: `ledger med ${whole(rows)} anmodninger`, found: spread(large, whole) },
    { what: 'stor / tom', found: spread(ratio, decimal), goal: 'mindst 0,90', met: ratio.median >= 0.9 },
    {
      what: `efterslæb på ${whole(backlog.messages)}, beskeder/s`,
      found: `${whole(backlog.messagesPerSecond)}; sidste fjerdedel / første ${decimal(backlog.lastToFirst)}`,
      goal: 'jævnt',
      met: backlog.lastToFirst >= 0.9,
    },
    {
      what: 'hukommelse imens, MB',
      found: `${spread(backlog.rssMb, whole)}; sidste / første ${decimal(backlog.rssLastToFirst)}`,
      goal: 'under 250',
      met: backlog.rssMb.max < 250,
    },
  ];
}

function sizeRows({ scale: { size } }: BenchResult): Row[] {
  if (size === null) return [];
  const { largeMs, smallMs, perFordringLargeUs, perFordringSmallUs, ratio, longestHoldUpMs, beside } = size;
  const one = (value: number): string => decimal(value, 1);
  return [
    { what: '100 fordringer, ms', found: `${spread(smallMs, one)}; ${one(perFordringSmallUs)} µs for hver` },
    {
      what: '10.000 fordringer, ms',
      found: `${spread(largeMs, one)}; ${one(perFordringLargeUs)} µs for hver`,
      goal: 'højst 1,5 × for hver',
      met: ratio <= 1.5,
    },
    {
      what: 'længste ophold for andre, ms',
      found: spread(longestHoldUpMs, one),
      goal: 'højst 50 ad gangen',
      met: longestHoldUpMs.max <= 50,
    },
    { what: 'kontant imens', found: latency(beside) },
  ];
}

function profileRows({ profile }: BenchResult): Row[] {
  if (profile === null) return [];
  const steps = Object.entries(profile.stepsUs);
  const total = steps.reduce((all, [, us]) => all + us, 0);
  return [
    ...steps.map(([step, us]) => ({
      what: `µs pr. besked: ${step}`,
      found: `${decimal(us, 1)} (${whole((100 * us) / total)} %)`,
    })),
    { what: 'µs pr. besked i alt', found: decimal(total, 1) },
  ];
}

function processesRows({ scale: { processes } }: BenchResult): Row[] {
  return (processes?.adapters ?? []).map(({ count, messagesPerSecond, toOne }) => ({
    what: `${count} på PostgreSQL, beskeder/s`,
    found: `${spread(messagesPerSecond, whole)}; ${decimal(toOne.median)} × én`,
  }));
}

function startRows({ start }: BenchResult): Row[] {
  if (start === null) return [];
  const { readyMs, idlePercent } = start;
  const idle: Row[] =
    idlePercent === undefined
      ? []
      : [{ what: 'i ro, % af en kerne', found: decimal(idlePercent), goal: 'under 1', met: idlePercent < 1 }];
  return [
    { what: 'klar efter, ms', found: spread(readyMs, whole), goal: 'højst 2000', met: readyMs.max <= 2000 },
    ...idle,
  ];
}

/** How the machine was beside each round, as shares of its own median. */
function machineLines({ throughput, machine }: BenchResult): string[] {
  const moments = [machine.before, ...(throughput?.rounds ?? []).map(({ calibration }) => calibration), machine.after];
  const usual = (pick: (moment: Calibration) => number): number => median(moments.map(pick));
  const [reads, syncs] = [usual((one) => one.readsPerSecond), usual((one) => one.syncsPerSecond)];
  const shares = moments.map((one) => one.readsPerSecond / reads);
  const others = Math.max(...moments.map(({ othersCores }) => othersCores ?? 0));
  const slow = shares.filter((share) => share < SLOW).length;
  const lines = [
    `maskinen ved siden af: ${whole(reads)} læsninger/s, ${whole(syncs)} skrivninger/s til disken (medianer); ` +
      `fart ${shares.map((share) => decimal(share)).join(' ')}; andre brugte op til ${decimal(others, 1)} kerner`,
  ];
  if (slow > 0) lines.push(`${slow} af ${shares.length} øjeblikke var langsomme: forskelle under en fjerdedel er støj`);
  return lines;
}

/** @param indicative whether it was the quick form. */
export function renderReport(result: BenchResult, indicative: boolean): string {
  const rows = [
    ...throughputRows(result),
    ...latencyRows(result),
    ...isolationRows(result),
    ...dataRows(result),
    ...sizeRows(result),
    ...processesRows(result),
    ...startRows(result),
    ...profileRows(result),
  ];
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.map(({ what, found, goal, met }) => {
    const judged = goal === undefined ? '' : `   [${met === true ? 'nået' : 'IKKE nået'}: ${goal}]`;
    return `${what.padEnd(width)}  ${found}${judged}`;
  });
  const kind = indicative ? 'hurtig kørsel, kun vejledende' : 'fuld kørsel';
  return [`RabbitMQ ${result.broker}, ${kind}, ${whole(result.seconds)} s`, '', ...lines, '', ...machineLines(result)]
    .map((line) => `${line}\n`)
    .join('');
}
