/**
 * Writes what is made from something else: src/generated/ from schemas/ (the element plan, the types, the validators), the
 * pages of docs/ that are lists of what the code says, and what describes the wire (examples/svar/, asyncapi). The same sources give the same bytes. With --check nothing is
 * written, and the exit code is 1 where a file is not what its source says.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionsFor, passwordHash } from '../src/broker/definitions.ts';
import type { Registry } from '../src/domain/registry.ts';
import { backendSettingsPage } from './generate/backend-settings.ts';
import {
  type CatalogueEntry,
  fejlkoderPage,
  metricsPage,
  settingsPage,
  vaerdierPage,
} from './generate/documentation.ts';
import { generatePlan } from './generate/plan.ts';
import { readSchemas } from './generate/schemas.ts';
import { generateTypes } from './generate/types.ts';
import { generateValidators } from './generate/validators.ts';

const ROOT = join(import.meta.dirname, '..');
const HEADER = '// Generated from schemas/ by scripts/generate.ts. Do not edit: change the schemas and run it again.\n';

function currentText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Writes the files that are not what they should be, or with `check` only says so. Returns how many there were. */
function refresh(texts: Readonly<Record<string, string>>, check: boolean): number {
  const stale = Object.entries(texts).filter(([name, text]) => currentText(join(ROOT, name)) !== text);
  for (const [name, text] of stale) {
    if (check) {
      process.stderr.write(`${name} is not what its source says: run npm run generate\n`);
      continue;
    }
    mkdirSync(join(ROOT, name, '..'), { recursive: true });
    writeFileSync(join(ROOT, name), text);
  }
  return stale.length;
}

function catalogue(): readonly CatalogueEntry[] {
  const file = JSON.parse(readFileSync(join(ROOT, 'examples', 'handlingstyper.json'), 'utf8')) as {
    readonly handlingstyper: readonly CatalogueEntry[];
  };
  return file.handlingstyper;
}

/** What compose.yaml imports: users of the shipped registry with passwords for trying out. The adapter's user is there. */
function exampleDefinitions(): string {
  const read = (...path: readonly string[]): unknown =>
    JSON.parse(readFileSync(join(ROOT, 'examples', ...path), 'utf8'));
  const registry = read('registry.json') as Registry;
  const { adapter: _spared, ...passwords } = read('rabbitmq', 'adgangskoder.json') as Record<string, string>;
  const definitions = definitionsFor(registry, { vhost: 'debitor', adapterUser: 'adapter', passwords });
  // The same salt each time: these passwords are known to everybody, and the file is to be the same.
  const users = definitions.users.map((user) => ({
    ...user,
    password_hash: passwordHash(passwords[user.name] ?? '', Buffer.from('salt')),
  }));
  return `${JSON.stringify({ ...definitions, users }, null, 2)}\n`;
}

async function main(check: boolean): Promise<number> {
  const schemas = readSchemas(join(ROOT, 'schemas'));
  const texts = {
    'src/generated/messages.ts': HEADER + (await generateTypes(schemas)),
    'src/generated/plan.ts': HEADER + generatePlan(schemas),
    // What ajv writes is JavaScript without types; only what it exports is typed.
    'src/generated/validators.ts': `${HEADER}// @ts-nocheck\n${generateValidators(schemas)}`,
    'docs/indstillinger.md': settingsPage(),
    'docs/debitorsystem-indstillinger.md': backendSettingsPage(),
    'docs/fejlkoder.md': fejlkoderPage(),
    'docs/vaerdier.md': vaerdierPage(catalogue()),
    'docs/maalinger.md': metricsPage(),
    'examples/rabbitmq/definitions.json': exampleDefinitions(),
  };
  const stale = refresh(texts, check);
  if (check && stale > 0) return 1;
  // Not before the files above are written: it runs the adapter's own code, which is made of them.
  const { contractFiles } = await import('./generate/contract-files.ts');
  return refresh(contractFiles(schemas), check) > 0 && check ? 1 : 0;
}

process.exitCode = await main(process.argv.includes('--check'));
