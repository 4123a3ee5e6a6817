/**
 * Writes src/generated/ from schemas/: the element plan, the types and the validators. The same schemas give the same
 * bytes. With --check nothing is written, and the exit code is 1 where a file is not what the schemas say.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatePlan } from './generate/plan.ts';
import { readSchemas } from './generate/schemas.ts';
import { generateTypes } from './generate/types.ts';
import { generateValidators } from './generate/validators.ts';

const ROOT = join(import.meta.dirname, '..');
const TARGET = join(ROOT, 'src', 'generated');
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
    'messages.ts': HEADER + (await generateTypes(schemas)),
    'plan.ts': HEADER + generatePlan(schemas),
    // What ajv writes is JavaScript without types; only what it exports is typed.
    'validators.ts': `${HEADER}// @ts-nocheck\n${generateValidators(schemas)}`,
  };
  mkdirSync(TARGET, { recursive: true });
  const stale = Object.entries(texts).filter(([name, text]) => currentText(join(TARGET, name)) !== text);
  if (check) {
    for (const [name] of stale) process.stderr.write(`src/generated/${name} is not what the schemas say\n`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const [name, text] of stale) writeFileSync(join(TARGET, name), text);
  return 0;
}

process.exitCode = await main(process.argv.includes('--check'));
