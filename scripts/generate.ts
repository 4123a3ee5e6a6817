/**
 * Writes what is made from something else: src/generated/ from schemas/ (the element plan, the types, the validators), and
 * the pages of docs/ that are lists of what the code says. The same sources give the same bytes. With --check nothing is
 * written, and the exit code is 1 where a file is not what its source says.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fejlkoderPage, metricsPage, settingsPage } from './generate/documentation.ts';
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

async function main(check: boolean): Promise<number> {
  const schemas = readSchemas(join(ROOT, 'schemas'));
  const texts = {
    'src/generated/messages.ts': HEADER + (await generateTypes(schemas)),
    'src/generated/plan.ts': HEADER + generatePlan(schemas),
    // What ajv writes is JavaScript without types; only what it exports is typed.
    'src/generated/validators.ts': `${HEADER}// @ts-nocheck\n${generateValidators(schemas)}`,
    'docs/indstillinger.md': settingsPage(),
    'docs/fejlkoder.md': fejlkoderPage(),
    'docs/maalinger.md': metricsPage(),
  };
  mkdirSync(join(ROOT, 'src', 'generated'), { recursive: true });
  const stale = Object.entries(texts).filter(([name, text]) => currentText(join(ROOT, name)) !== text);
  if (check) {
    for (const [name] of stale) process.stderr.write(`${name} is not what its source says: run npm run generate\n`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const [name, text] of stale) writeFileSync(join(ROOT, name), text);
  return 0;
}

process.exitCode = await main(process.argv.includes('--check'));
