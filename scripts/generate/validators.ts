/** JSON schemas → src/generated/validators.ts: ajv's validators, compiled ahead, so that nothing is compiled at run time. */
import { _, Ajv, type AnySchemaObject } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { formats } from '../../src/oio/formats.ts';
import { judgedOf, type SchemaFile, strip } from './schemas.ts';

/** Texts and annotations are not judged by; without them the compiled file holds only what it needs. */
function keepInValidators(keyword: string): boolean {
  return !keyword.startsWith('x-') && keyword !== 'description' && keyword !== 'title';
}

const TYPES = `/** One error of a validator, as ajv reports it. */
export interface SchemaError {
  /** A JSON pointer to the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Judges a value; where the answer is false, \`errors\` says why until the next call. */
export interface SchemaValidator {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
`;

/** ajv writes its runtime as calls of require; a module imports it. */
function importRuntime(code: string): string {
  const imports = new Map<string, string>();
  const replaced = code.replaceAll(/require\("ajv\/dist\/runtime\/(\w+)"\)\.default/g, (_match, name: string) => {
    imports.set(name, `import ${name}Module from 'ajv/dist/runtime/${name}.js';`);
    // Node gives the CommonJS module itself, a bundler may already give its default export.
    return `(${name}Module.default ?? ${name}Module)`;
  });
  if (replaced.includes('require(')) throw new Error('the compiled validators require something unexpected');
  return [...[...imports.values()].toSorted(), replaced].join('\n');
}

/**
 * A loop over the items of an array ends when enough is wrong: a message of 250,000 elements, each with two errors, would
 * otherwise cost seconds and 150 MB. A document with an error is refused however many more it has.
 */
function boundErrors(code: string): string {
  const bounded = code.replaceAll(
    /for\(let (i\d+)=0; \1<(len\d+); \1\+\+\)\{/g,
    'for(let $1=0; $1<$2 && errors < MAX_ERRORS; $1++){',
  );
  const loops = (text: string): number => text.split('for(let i').length - 1;
  if (loops(bounded) === 0 || bounded.split('< MAX_ERRORS;').length - 1 !== loops(bounded)) {
    throw new Error('the compiled validators loop in a way that is not known');
  }
  const bound = '/** A validator that has found so many errors looks at no more items. */\nconst MAX_ERRORS = 1000;\n';
  return bounded.replace(/^export const /m, `${bound}$&`);
}

/**
 * A text has at least half as many characters as UTF-16 units and at most as many, which settles nearly every length
 * without counting the characters one by one.
 */
function hastenLengths(code: string): string {
  return code
    .replaceAll(/if\((func\d+)\((data\d*)\) > (\d+)\)/g, 'if($2.length > $3 && $1($2) > $3)')
    .replaceAll(
      /if\((func\d+)\((data\d*)\) < (\d+)\)/g,
      (_match, count: string, text: string, limit: string) =>
        `if(${text}.length < ${2 * Number(limit)} && ${count}(${text}) < ${limit})`,
    );
}

/** The text of src/generated/validators.ts, without its header. */
export function generateValidators(files: readonly SchemaFile[]): string {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    // The branches of a choice name properties that stand beside the choice.
    strictRequired: false,
    discriminator: true,
    formats,
    code: { source: true, esm: true, lines: true, formats: _`formats` },
  });
  for (const { schema } of files) ajv.addSchema(strip(schema, keepInValidators) as AnySchemaObject);
  const names = Object.fromEntries(
    judgedOf(files).map(({ stem, schema }) => {
      const name = (schema.title ?? '').replace(/Fil$/, '');
      return [`validate${name}`, `${stem}.schema.json`];
    }),
  );
  const code = importRuntime(standalone.default(ajv, names)).replaceAll(
    /^export const (validate[A-Z]\w*) = (\w+);/gm,
    'export const $1: SchemaValidator = $2;',
  );
  return [
    "import { formats } from '../oio/formats.ts';",
    hastenLengths(boundErrors(code.replace('"use strict";', ''))),
    '',
    TYPES,
  ].join('\n');
}
