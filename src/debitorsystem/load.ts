/**
 * Finds the debitorsystem backend that the configuration names, and judges whether it can be used: the only place that
 * imports a module by a name from the configuration. It starts nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigurationError } from '../errors.ts';
import { compileSchema } from '../json-schema.ts';
import {
  CONTRACT_VERSION,
  type Debitorsystem,
  type DebitorsystemDefinition,
  type DebitorsystemPorts,
} from './debitorsystem.ts';

/** A backend that fits this adapter, and a configuration that fits the backend. */
export interface LoadedDebitorsystem {
  readonly definition: DebitorsystemDefinition;
  /** Validated with the definition's configSchema. */
  readonly config: unknown;
}

/** The backends that come with the adapter, by the name in `ADAPTER_BACKEND`. */
const BUILT_IN: ReadonlyMap<string, () => Promise<object>> = new Map([
  ['simulator', () => import('./backends/simulator.ts')],
]);

/**
 * Loads a backend and validates its configuration.
 * @param name `ADAPTER_BACKEND`: a built-in name, a path (`./backend.js`, absolute, or a file: URL), or a package's name.
 * @param config `ADAPTER_BACKEND_CONFIG`, parsed; undefined counts as an empty object.
 * @param options.baseDir what a relative path and a package's name are resolved from.
 * @throws ConfigurationError with everything that is wrong: not found, cannot be loaded, not for this contract, configuration.
 */
export async function loadDebitorsystem(
  name: string,
  config: unknown,
  options: { readonly baseDir: string },
): Promise<LoadedDebitorsystem> {
  const definition = parseDefinition(name, await importBackend(name, options.baseDir));
  const given = config === undefined ? {} : config;
  const problems = validateConfig(definition, given);
  if (problems.length > 0)
    throw new ConfigurationError(problems.map((problem) => `ADAPTER_BACKEND_CONFIG: ${problem}`));
  return { definition, config: given };
}

/**
 * Makes the backend of a loaded definition. It is not started.
 * @throws ConfigurationError where what was made lacks what its definition promises.
 */
export async function createDebitorsystem(
  { definition, config }: LoadedDebitorsystem,
  ports: DebitorsystemPorts,
): Promise<Debitorsystem> {
  const made: unknown = await definition.create(config, ports);
  const problems: string[] = [];
  if (!isRecord(made) || typeof made['execute'] !== 'function') problems.push('create() gav intet med execute()');
  else if (definition.capabilities.opslag && typeof made['lookup'] !== 'function') {
    problems.push('lookup() mangler, skønt capabilities.opslag er true');
  }
  if (problems.length > 0)
    throw new ConfigurationError(problems.map((problem) => `Backend ${definition.name}: ${problem}`));
  return made as Debitorsystem;
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
  const { name, contract, configSchema, capabilities, create } = exported;
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
  if (!isRecord(capabilities)) return [...problems, 'capabilities mangler'];
  for (const capability of ['idempotent', 'opslag']) {
    if (typeof capabilities[capability] !== 'boolean')
      problems.push(`capabilities.${capability} skal være true eller false`);
  }
  const concurrency = capabilities['concurrency'];
  if (typeof concurrency !== 'number' || !Number.isInteger(concurrency) || concurrency < 1 || concurrency > 1000) {
    problems.push('capabilities.concurrency skal være et heltal fra 1 til 1000');
  }
  return problems;
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
