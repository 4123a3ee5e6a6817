/**
 * Reads the two files that an installation brings: the registry of who may send, and the catalogue of handlingstyper. Both
 * are validated in full before the adapter starts; every problem is reported at once.
 */
import { readFileSync } from 'node:fs';
import type { Rulebook } from './anmodninger/definition.ts';
import type { Config } from './config.ts';
import type { Handlingstype } from './domain/handling.ts';
import type { Uuid } from './domain/identer.ts';
import type { Registry } from './domain/registry.ts';
import { ConfigurationError } from './errors.ts';
import { validateHandlingstyper, validateRegistry } from './generated/validators.ts';

interface SchemaError {
  readonly instancePath: string;
  readonly message?: string | undefined;
}

type Validate = { (data: unknown): boolean; errors?: readonly SchemaError[] | null | undefined };

function readJson(name: string, path: string, problems: string[]): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'er ikke gyldig JSON' : 'kan ikke læses';
    problems.push(`${name}: filen ${path} ${reason}`);
    return undefined;
  }
}

function readChecked(name: string, path: string, validate: Validate, problems: string[]): unknown {
  const data = readJson(name, path, problems);
  if (data === undefined || validate(data)) return data;
  for (const { instancePath, message } of validate.errors ?? []) {
    problems.push(`${name}: ${path}${instancePath === '' ? '' : ` ved ${instancePath}`}: ${message ?? 'er ugyldig'}`);
  }
  return undefined;
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function registryProblems(registry: Registry): string[] {
  const ids = [...registry.fagsystemer, ...registry.debitorsystemer].map(({ id }) => id as string);
  const instanser = registry.fagsystemer.flatMap(({ itSystemInstanser }) => itSystemInstanser as readonly string[]);
  return [
    ...repeated(ids).map((id) => `ADAPTER_REGISTRY: id ${id} er brugt mere end én gang`),
    ...repeated(instanser).map((uuid) => `ADAPTER_REGISTRY: it-systeminstansen ${uuid} er brugt mere end én gang`),
  ];
}

/** The settings that it looks at. */
type RulebookSettings = Pick<
  Config,
  'ADAPTER_REGISTRY' | 'ADAPTER_HANDLINGSTYPER' | 'ADAPTER_DKA_NAMESPACES' | 'ADAPTER_IT_SYSTEM_INSTANS'
>;

/** @throws ConfigurationError with every problem of both files. */
export function loadRulebook(config: RulebookSettings): Rulebook {
  const problems: string[] = [];
  // The validators have checked the form that these types describe; both were made from the same schemas.
  const registry = readChecked('ADAPTER_REGISTRY', config.ADAPTER_REGISTRY, validateRegistry, problems) as
    | Registry
    | undefined;
  const catalogue = readChecked(
    'ADAPTER_HANDLINGSTYPER',
    config.ADAPTER_HANDLINGSTYPER,
    validateHandlingstyper,
    problems,
  ) as { readonly handlingstyper: readonly Handlingstype[] } | undefined;
  if (registry !== undefined) problems.push(...registryProblems(registry));
  const koder = (catalogue?.handlingstyper ?? []).map(({ kode }) => kode as string);
  problems.push(...repeated(koder).map((kode) => `ADAPTER_HANDLINGSTYPER: koden ${kode} er brugt mere end én gang`));
  if (registry === undefined || catalogue === undefined || problems.length > 0) throw new ConfigurationError(problems);
  return {
    registry,
    handlingstyper: new Map(catalogue.handlingstyper.map((handlingstype) => [handlingstype.kode, handlingstype])),
    dkaNamespaces: config.ADAPTER_DKA_NAMESPACES,
    ownItSystemInstans: config.ADAPTER_IT_SYSTEM_INSTANS as Uuid,
  };
}
