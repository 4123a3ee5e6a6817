/**
 * Finds the debitorsystem backend that the configuration names, and judges whether it can be used: the only place that
 * imports a module by a name from the configuration. It starts nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { scrub } from '../domain/cpr.ts';
import type { Handlingstype } from '../domain/handling.ts';
import { ConfigurationError } from '../errors.ts';
import { compileSchema } from '../json-schema.ts';
import {
  type Capabilities,
  CONTRACT_VERSION,
  type Debitorsystem,
  type DebitorsystemDefinition,
  type DebitorsystemPorts,
} from './debitorsystem.ts';
import { BackendStartFailed, guarded, textOf } from './guarded.ts';

/** A backend that fits this adapter, and a configuration that fits the backend. */
export interface LoadedDebitorsystem {
  readonly definition: DebitorsystemDefinition;
  /** Validated with the definition's configSchema. */
  readonly config: unknown;
  /** What it can do with this configuration. */
  readonly capabilities: Capabilities;
}

/** The backends that come with the adapter, by the name in `ADAPTER_BACKEND`. */
const BUILT_IN: ReadonlyMap<string, () => Promise<object>> = new Map<string, () => Promise<object>>([
  ['simulator', () => import('./backends/simulator.ts')],
  ['http', () => import('./backends/http.ts')],
  ['amqp', () => import('./backends/amqp.ts')],
]);

/**
 * Loads a backend and validates its configuration.
 * @param name `ADAPTER_BACKEND`: a built-in name, a path (`./backend.js`, absolute, or a file: URL), or a package's name.
 * @param config `ADAPTER_BACKEND_CONFIG`, parsed; undefined counts as an empty object.
 * @param options.baseDir what a relative path and a package's name are resolved from.
 * @param options.handlingstyper the catalogue that it will be given commands of; not looked at where left out.
 * @throws ConfigurationError with everything that is wrong: not found, cannot be loaded, not for this contract, configuration,
 * not able to answer what the catalogue promises.
 */
export async function loadDebitorsystem(
  name: string,
  config: unknown,
  options: { readonly baseDir: string; readonly handlingstyper?: Iterable<Handlingstype> },
): Promise<LoadedDebitorsystem> {
  const definition = parseDefinition(name, await importBackend(name, options.baseDir));
  const given = config === undefined ? {} : config;
  const problems = validateConfig(definition, given).map((problem) => `ADAPTER_BACKEND_CONFIG: ${problem}`);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const capabilities = capabilitiesOf(name, definition, given);
  problems.push(
    ...ownProblems(name, definition, given),
    ...svarformProblems(definition.name, capabilities, options.handlingstyper ?? []),
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { definition, config: given, capabilities };
}

/**
 * Makes the backend of a loaded definition, behind the bounds of `guarded.ts`. It is not started.
 * @throws ConfigurationError where what was made lacks what its definition promises, or where the backend threw one itself.
 * @throws BackendStartFailed where making it failed in any other way; so does its start().
 */
export async function createDebitorsystem(
  { definition, config, capabilities }: LoadedDebitorsystem,
  ports: DebitorsystemPorts,
): Promise<Debitorsystem> {
  let made: unknown;
  try {
    made = await definition.create(config, ports);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new BackendStartFailed(`Backend ${definition.name} kunne ikke oprettes: ${textOf(error)}`, { cause: error });
  }
  const problems: string[] = [];
  if (!isRecord(made) || typeof made['execute'] !== 'function') problems.push('create() gav intet med execute()');
  else if (capabilities.opslag && typeof made['lookup'] !== 'function') {
    problems.push('lookup() mangler, skønt capabilities.opslag er true');
  }
  if (problems.length > 0)
    throw new ConfigurationError(problems.map((problem) => `Backend ${definition.name}: ${problem}`));
  return guarded(definition.name, made as Debitorsystem);
}

async function importBackend(name: string, baseDir: string): Promise<object> {
  const builtIn = BUILT_IN.get(name);
  if (builtIn !== undefined) return builtIn();
  const address = resolveBackend(name, baseDir);
  if (address === undefined) {
    throw new ConfigurationError([
      `ADAPTER_BACKEND: ${name} blev ikke fundet (søgt fra ${baseDir}). Angiv ${[...BUILT_IN.keys()].join(', ')}, ` +
        'en sti, der begynder med ./ eller /, eller navnet på en installeret pakke',
    ]);
  }
  try {
    return (await import(address)) as object;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'ukendt fejl';
    throw new ConfigurationError([`ADAPTER_BACKEND: ${name} kunne ikke indlæses: ${reason}`]);
  }
}

/** The file: URL of a backend's module, or undefined where there is none. */
function resolveBackend(name: string, baseDir: string): string | undefined {
  if (/^(?:\.{1,2}\/|\/|file:)/.test(name)) {
    const path = name.startsWith('file:') ? fileURLToPath(name) : resolve(baseDir, name);
    return existsSync(path) ? pathToFileURL(path).href : undefined;
  }
  const base = pathToFileURL(join(resolve(baseDir), 'package.json')).href;
  return resolvePackage(name, base) ?? resolvePackage(name, import.meta.url);
}

function resolvePackage(name: string, base: string): string | undefined {
  try {
    return pathToFileURL(createRequire(base).resolve(name)).href;
  } catch {
    // A package that only exports to `import` cannot be resolved by require: read its entry from its package.json.
    return resolveImportOnlyPackage(name, base);
  }
}

function resolveImportOnlyPackage(name: string, base: string): string | undefined {
  try {
    const packagePath = findPackageJSON(name, base);
    if (packagePath === undefined) return undefined;
    const description: unknown = JSON.parse(readFileSync(packagePath, 'utf8'));
    const entry = isRecord(description) ? importEntry(description['exports']) : undefined;
    return entry === undefined ? undefined : pathToFileURL(resolve(dirname(packagePath), entry)).href;
  } catch {
    return undefined;
  }
}

function importEntry(exported: unknown): string | undefined {
  if (typeof exported === 'string') return exported;
  if (!isRecord(exported)) return undefined;
  return importEntry(exported['.'] ?? exported['node'] ?? exported['import'] ?? exported['default']);
}

/** Judges a module's default export; lists everything that is wrong with it. */
function parseDefinition(name: string, module: object): DebitorsystemDefinition {
  const exported: unknown = 'default' in module ? module.default : undefined;
  if (!isRecord(exported)) {
    throw new ConfigurationError([
      `ADAPTER_BACKEND: ${name} har ingen default export. Skriv export default defineDebitorsystem({ … })`,
    ]);
  }
  const problems = definitionProblems(exported);
  if (problems.length > 0)
    throw new ConfigurationError(problems.map((problem) => `ADAPTER_BACKEND: ${name}: ${problem}`));
  return exported as unknown as DebitorsystemDefinition;
}

function definitionProblems(exported: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  const { name, contract, configSchema, configProblems, capabilities, create } = exported;
  if (typeof name !== 'string' || name === '' || name.length > 100)
    problems.push('name skal være en tekst på 1 til 100 tegn');
  if (contract !== CONTRACT_VERSION) {
    const spoken =
      typeof contract === 'number'
        ? `taler kontraktversion ${contract}`
        : 'siger ikke, hvilken kontraktversion den taler';
    problems.push(`${spoken}; adapteren taler ${CONTRACT_VERSION}`);
  }
  if (!isRecord(configSchema)) problems.push('configSchema skal være et JSON-skema (et objekt)');
  if (typeof create !== 'function') problems.push('create skal være en funktion');
  if (configProblems !== undefined && typeof configProblems !== 'function')
    problems.push('configProblems skal være en funktion');
  if (typeof capabilities === 'function') return problems;
  return [...problems, ...capabilityProblems(capabilities)];
}

function capabilityProblems(capabilities: unknown): string[] {
  if (!isRecord(capabilities)) return ['capabilities mangler'];
  const problems: string[] = [];
  for (const capability of ['idempotent', 'opslag']) {
    if (typeof capabilities[capability] !== 'boolean')
      problems.push(`capabilities.${capability} skal være true eller false`);
  }
  const { concurrency, svarformer } = capabilities;
  if (typeof concurrency !== 'number' || !Number.isInteger(concurrency) || concurrency < 1 || concurrency > 1000) {
    problems.push('capabilities.concurrency skal være et heltal fra 1 til 1000');
  }
  if (svarformer !== undefined && !isSvarformer(svarformer)) {
    problems.push('capabilities.svarformer skal være en liste med STRAKS, SENERE eller begge');
  }
  return problems;
}

function isSvarformer(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => one === 'STRAKS' || one === 'SENERE');
}

/** @throws ConfigurationError where what it computes of its configuration are no capabilities. */
function capabilitiesOf(name: string, { capabilities }: DebitorsystemDefinition, config: unknown): Capabilities {
  if (typeof capabilities !== 'function') return capabilities;
  const computed = capabilities(config);
  const problems = capabilityProblems(computed);
  if (problems.length > 0)
    throw new ConfigurationError(problems.map((problem) => `ADAPTER_BACKEND: ${name}: ${problem}`));
  return computed;
}

/** What the backend itself finds wrong. @throws ConfigurationError where it does so by throwing, or says no such thing. */
function ownProblems(name: string, { configProblems }: DebitorsystemDefinition, config: unknown): readonly string[] {
  let said: unknown;
  try {
    said = configProblems?.(config) ?? [];
  } catch (error) {
    said = error instanceof ConfigurationError ? error.problems : [textOf(error)];
  }
  if (!Array.isArray(said)) return [`ADAPTER_BACKEND: ${name}: configProblems() gav ingen liste`];
  return said.map((problem) => `ADAPTER_BACKEND_CONFIG: ${scrub(String(problem))}`);
}

/** A handlingstype that promises its result at once can't be given to one that only answers later. */
function svarformProblems(name: string, { svarformer }: Capabilities, types: Iterable<Handlingstype>): string[] {
  if (svarformer === undefined || svarformer.includes('STRAKS')) return [];
  return [...types]
    .filter(({ svarform }) => svarform === 'STRAKS')
    .map(({ kode }) => `ADAPTER_HANDLINGSTYPER: ${kode} har svarform STRAKS, som backend ${name} ikke kan svare med`);
}

function validateConfig(definition: DebitorsystemDefinition, config: unknown): string[] {
  let validate: (data: unknown) => string[];
  try {
    validate = compileSchema(definition.configSchema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'ukendt fejl';
    return [`skemaet, som backend ${definition.name} har for sin konfiguration, er ugyldigt: ${reason}`];
  }
  return validate(config);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
