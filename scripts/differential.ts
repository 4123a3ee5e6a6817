/**
 * The wire contract, asked about any number of documents: do the reader and the XSDs say the same, does everything
 * hostile come to an end, and does the lane for plain documents agree with the parser? CI asks about twenty, ten and sixty
 * thousand; before a release, and for a seed that failed:
 *
 *   node scripts/differential.ts --documents 200000 --hostile 200000 --plain 2000000 --seed 42
 *
 * Prints tables of counts and the seed. The exit code is 0 only where nothing was found.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Proof, provedDocuments } from '../test/oio/differential.ts';
import { type HostileProof, provedHostile } from '../test/oio/hostile-documents.ts';
import { type PlainProof, provedPlain } from '../test/oio/plain-documents.ts';

const USAGE =
  'Brug: node scripts/differential.ts [--documents N] [--hostile N] [--plain N] [--seed N]\n' +
  '  --documents  dokumenter, som læseren og XSD-skemaerne begge dømmer (20000)\n' +
  '  --hostile    fjendtlige dokumenter, som læses (200000)\n' +
  '  --plain      dokumenter, som den hurtige vej og parseren begge læser (1000000)\n' +
  '  --seed       samme træk som en tidligere kørsel; ellers et nyt, der udskrives\n';
const MAX_SEED = 2 ** 31 - 1;
const MAX_DOCUMENTS = 100_000_000;

interface Choice {
  readonly documents: number;
  readonly hostile: number;
  readonly plain: number;
  readonly seed: number;
}

function wholeNumber(text: string | undefined, standard: number, max: number): number | undefined {
  if (text === undefined) return standard;
  return /^[0-9]{1,9}$/.test(text) && Number(text) <= max ? Number(text) : undefined;
}

/** Undefined where it is not a known command line. */
function parseChoice(args: readonly string[]): Choice | undefined {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { documents: text, hostile: text, plain: text, seed: text },
    });
    const documents = wholeNumber(values.documents, 20_000, MAX_DOCUMENTS);
    const hostile = wholeNumber(values.hostile, 200_000, MAX_DOCUMENTS);
    const plain = wholeNumber(values.plain, 1_000_000, MAX_DOCUMENTS);
    const seed = wholeNumber(values.seed, randomInt(MAX_SEED), MAX_SEED);
    if (documents === undefined || hostile === undefined || plain === undefined || seed === undefined) return undefined;
    return { documents, hostile, plain, seed };
  } catch {
    return undefined;
  }
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  const cell = (value: string | number, column: number): string =>
    column === 0 ? String(value).padEnd(widths[column] ?? 0) : String(value).padStart(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cell).join('  ')}`).join('\n');
}

function reportDocuments({ byChange, differences, disagreements, documents }: Proof): boolean {
  const rows = Object.entries(byChange).map(([name, verdicts]) => [
    name,
    verdicts.documents,
    verdicts.accepted,
    verdicts.refused,
  ]);
  write(`Læseren og XSD-skemaerne: ${documents} dokumenter\n`);
  write(table([['ændring', 'dokumenter', 'begge tager imod', 'begge afviser'], ...rows]));
  write(`\nKendte forskelle (schemas/README.md):\n\n${table(Object.entries(differences))}`);
  for (const one of disagreements) write(`\nUENIGHED: ${one}`);
  return disagreements.length === 0;
}

function reportHostile({ outcomes, faults, documents, slowestMs }: HostileProof): boolean {
  const names = [...new Set(Object.values(outcomes).flatMap((one) => Object.keys(one)))].toSorted();
  const rows = Object.entries(outcomes).map(([kind, one]) => [kind, ...names.map((name) => one[name] ?? 0)]);
  write(`\nFjendtlige dokumenter: ${documents}; det langsomste tog ${slowestMs.toFixed(0)} ms\n`);
  write(table([['slags', ...names], ...rows]));
  for (const fault of faults) write(`\nFEJL: ${fault}`);
  return faults.length === 0;
}

function reportPlain({ disagreements, documents, taken }: PlainProof): boolean {
  write(`\nDen hurtige vej og parseren: ${documents} dokumenter, hvoraf den hurtige vej tog ${taken}`);
  for (const one of disagreements) write(`\nUENIGHED: ${one}`);
  return disagreements.length === 0;
}

const choice = parseChoice(process.argv.slice(2));
if (choice === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const { documents, hostile, plain, seed } = choice;
  write(`seed ${seed}\n`);
  const ok = [
    documents === 0 || reportDocuments(provedDocuments({ documents, seed })),
    hostile === 0 || reportHostile(provedHostile({ documents: hostile, seed })),
    plain === 0 || reportPlain(provedPlain({ documents: plain, seed })),
  ].every(Boolean);
  write(`\n${ok ? 'Intet fundet' : 'FEJL FUNDET'}; seed ${seed}`);
  process.exitCode = ok ? 0 : 1;
}
