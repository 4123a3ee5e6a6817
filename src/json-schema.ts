/**
 * JSON Schema with Danish problems, for settings and files that people write. The sole user of ajv at run time. Messages
 * are not judged here: their validators are generated ahead of time.
 */
import { Ajv, type ErrorObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** More problems than this are counted, not listed. */
const MAX_PROBLEMS = 50;

/** A property name that can be shown: a word, and too few digits in a row to be a CPR number. */
const SHOWABLE_NAME = /^(?!.*\d{6})[\p{L}_$][\p{L}\p{N}_.$-]{0,59}$/u;

type Schema = Readonly<Record<string, unknown>>;

const OPTIONS: Options = {
  allErrors: true,
  strict: true,
  // Files such as a backend's own schema are written by others: what only warns of style must not stop a start.
  strictTypes: false,
  strictRequired: false,
  discriminator: true,
  formats: { date: isDate, uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, uri: isUri },
};

/**
 * Compiles a schema (draft 2020-12, or draft-07 where its `$schema` says so; formats date, uuid and uri).
 * @param referred other schemas that it refers to, each by its `$id`.
 * @returns a function that lists what is wrong with a value, in Danish and without any of its values; empty: nothing.
 * @throws Error where the schema itself is not valid.
 */
export function compileSchema(schema: Schema, referred: readonly Schema[] = []): (data: unknown) => string[] {
  const draft07 = typeof schema['$schema'] === 'string' && schema['$schema'].includes('draft-07');
  const ajv = draft07 ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS);
  for (const other of referred) ajv.addSchema(other);
  const validate = ajv.compile(schema);
  return (data) => (validate(data) ? [] : describeErrors(validate.errors ?? []));
}

function describeErrors(errors: readonly ErrorObject[]): string[] {
  // `if`, `oneOf` and `anyOf` only repeat that a branch failed, which the branch's own problems say better.
  const telling = errors.filter((error) => !['if', 'oneOf', 'anyOf', 'allOf'].includes(error.keyword));
  const problems = [...new Set((telling.length > 0 ? telling : errors).map(describeError))];
  if (problems.length <= MAX_PROBLEMS) return problems;
  return [...problems.slice(0, MAX_PROBLEMS), `og ${problems.length - MAX_PROBLEMS} problemer mere`];
}

function describeError(error: ErrorObject): string {
  const place = describePlace(error.instancePath);
  const problem = describeProblem(error.keyword, error.params);
  return place === '' ? problem : `${place}: ${problem}`;
}

/** `/debitorkonti/3/tilstand` → `debitorkonti[3].tilstand`. */
function describePlace(instancePath: string): string {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d{1,8}$/.test(step) ? `[${step}]` : `.${showName(step)}`))
    .join('')
    .replace(/^\./, '');
}

function describeProblem(keyword: string, params: Readonly<Record<string, unknown>>): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return `skal være ${describeType(params['type'])}`;
    case 'required':
      return `${showName(params['missingProperty'])} mangler`;
    case 'additionalProperties':
      return `${showName(params['additionalProperty'])} kendes ikke`;
    case 'unevaluatedProperties':
      return `${showName(params['unevaluatedProperty'])} kendes ikke`;
    case 'enum':
      return `skal være en af ${describeValues(params['allowedValues'])}`;
    case 'const':
      return `skal være ${describeValues([params['allowedValue']])}`;
    case 'pattern':
      return `skal passe med mønstret ${String(params['pattern'])}`;
    case 'format':
      return `skal have formatet ${String(params['format'])}`;
    case 'minLength':
      return `skal have mindst ${limit} tegn`;
    case 'maxLength':
      return `må højst have ${limit} tegn`;
    case 'minimum':
      return `skal være mindst ${limit}`;
    case 'maximum':
      return `må højst være ${limit}`;
    case 'exclusiveMinimum':
      return `skal være større end ${limit}`;
    case 'exclusiveMaximum':
      return `skal være mindre end ${limit}`;
    case 'minItems':
      return `skal have mindst ${limit} element(er)`;
    case 'maxItems':
      return `må højst have ${limit} element(er)`;
    case 'uniqueItems':
      return 'skal have forskellige elementer';
    case 'discriminator':
      return `${showName(params['tag'])} er ikke en af de kendte`;
    default:
      return `overholder ikke skemaets ${keyword}`;
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'en liste',
  boolean: 'true eller false',
  integer: 'et heltal',
  null: 'null',
  number: 'et tal',
  object: 'et objekt',
  string: 'en tekst',
};

function describeType(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return types.map((name) => TYPE_NAMES[String(name)] ?? String(name)).join(' eller ');
}

/** Values of the schema, never of the data. */
function describeValues(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : JSON.stringify(values);
}

function showName(name: unknown): string {
  return typeof name === 'string' && SHOWABLE_NAME.test(name) ? name : 'et felt, hvis navn ikke vises,';
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

function isUri(text: string): boolean {
  return URL.canParse(text);
}
