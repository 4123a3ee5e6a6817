/**
 * npm run bench -- [SECTION ...] [--full] [--json] [--pairs N] [--messages N] [--rows N] [--backlog N]
 *
 * Quick by default, and then only indicative. Exit code 1 where a message was not answered exactly once, or nothing could
 * be measured; whether a goal was met does not matter to it.
 */
import { parseArgs } from 'node:util';
import { BrokerUnavailable, startBroker } from '../src/ops/broker-ladder.ts';
import { WrongAnswers } from '../test/bench/answer-check.ts';
import { bench, SECTIONS, type Section } from '../test/bench/bench.ts';
import { folderOnDisk } from '../test/bench/machine.ts';
import { renderReport } from '../test/bench/report.ts';
import { benchBroker } from '../test/bench/site.ts';
import { FULL, QUICK, type Sizes } from '../test/bench/sizes.ts';

const USAGE = `Brug: npm run bench -- [AFSNIT ...] [--full] [--json] [--pairs N] [--messages N]
                    [--rows N] [--backlog N]

Afsnit: ${SECTIONS.join(', ')}; uden afsnit køres de alle.
--full       de tal, der tæller (over en time); ellers under tre minutter og kun vejledende
--json       resultatet som JSON på standard output
--pairs N    så mange par af rå ekko og adapter (1 til 100)
--messages N så mange beskeder i hver kørsel af throughput, peers og profile (100 til 1.000.000, i hele tiere)
--rows N     så mange anmodninger i den store ledger i data (1.000 til 20.000.000)
--backlog N  så stort et efterslæb i data (1.000 til 2.000.000, i hele tiere)
`;

interface Choice {
  readonly sections: readonly Section[];
  readonly sizes: Sizes;
  readonly full: boolean;
  readonly json: boolean;
}

function whole(text: string | undefined, min: number, max: number, step: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max || value % step !== 0) throw new RangeError(text);
  return value;
}

function parseChoice(args: string[]): Choice | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        full: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        pairs: { type: 'string' },
        messages: { type: 'string' },
        rows: { type: 'string' },
        backlog: { type: 'string' },
      },
    });
    const sections = SECTIONS.filter((section) => positionals.includes(section));
    if (sections.length < new Set(positionals).size) return undefined;
    const { full, json } = values;
    const standard = full ? FULL : QUICK;
    const { throughput } = standard;
    const [pairs, messages] = [whole(values.pairs, 1, 100, 1), whole(values.messages, 100, 1_000_000, 10)];
    const [rows, backlog] = [whole(values.rows, 1_000, 20_000_000, 1), whole(values.backlog, 1_000, 2_000_000, 10)];
    const sizes = {
      ...standard,
      data: {
        ...standard.data,
        pairs: pairs ?? standard.data.pairs,
        rows: rows ?? standard.data.rows,
        backlog: backlog ?? standard.data.backlog,
      },
      throughput: {
        pairs: pairs ?? throughput.pairs,
        roundsWithPeers: pairs ?? throughput.roundsWithPeers,
        amount: messages === undefined ? throughput.amount : { messages },
      },
      profile: messages === undefined ? standard.profile : { messages },
    };
    return { sections: sections.length === 0 ? SECTIONS : sections, sizes, full, json };
  } catch {
    return undefined;
  }
}

async function run({ sections, sizes, full, json }: Choice): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  // A broker of ours keeps its data beside the ledgers, on a disk.
  process.env['TMPDIR'] = folderOnDisk();
  const url = process.env['ADAPTER_AMQP_URL'];
  const broker = await startBroker({ log, ...(url === undefined ? {} : { url }) });
  try {
    const result = await bench({ broker: benchBroker(broker), sections, sizes, log });
    process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `\n${renderReport(result, !full)}`);
  } finally {
    await broker.stop();
  }
}

const choice = parseChoice(process.argv.slice(2));
if (choice === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  try {
    await run(choice);
  } catch (error) {
    const plain = error instanceof BrokerUnavailable || error instanceof WrongAnswers;
    const reason = plain ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`Målingen mislykkedes: ${reason}\n`);
    process.exitCode = 1;
  }
}
