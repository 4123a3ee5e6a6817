/**
 * Everything that an installation names, read and judged together before anything is opened: the registry, the catalogue and
 * the backend with its configuration, beside the settings themselves. Who starts an adapter is told of all that is wrong.
 */
import { readFileSync } from 'node:fs';
import type { Rulebook } from './anmodninger/definition.ts';
import type { Config, ReadSettings } from './config.ts';
import { type LoadedDebitorsystem, loadDebitorsystem } from './debitorsystem/load.ts';
import { ConfigurationError } from './errors.ts';
import { defaultBackendConfig } from './ops/starter.ts';
import { loadRulebook } from './rulebook.ts';

export interface Installation {
  readonly rulebook: Rulebook;
  /** Not made yet, and not started. */
  readonly debitorsystem: LoadedDebitorsystem;
}

/** ADAPTER_BACKEND_CONFIG is JSON, or the path of a JSON file; empty: the simulator's shipped example. */
function backendConfig(backend: string, text: string): unknown {
  const given = text.trim();
  if (given === '') return backend === 'simulator' ? defaultBackendConfig() : {};
  try {
    return JSON.parse(given.startsWith('{') ? given : readFileSync(given, 'utf8'));
  } catch {
    throw new ConfigurationError(['ADAPTER_BACKEND_CONFIG er hverken JSON eller stien til en læselig JSON-fil']);
  }
}

async function tried<T>(work: () => Promise<T> | T, problems: string[]): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

async function readRulebook(values: Partial<Config>, problems: string[]): Promise<Rulebook | undefined> {
  const { ADAPTER_REGISTRY: registry, ADAPTER_HANDLINGSTYPER: handlingstyper } = values;
  if (registry === undefined || handlingstyper === undefined) return undefined;
  // The last two say nothing about the files, which are looked at also where these are wrong.
  const { ADAPTER_DKA_NAMESPACES = [], ADAPTER_IT_SYSTEM_INSTANS = '' } = values;
  const settings = { ADAPTER_REGISTRY: registry, ADAPTER_HANDLINGSTYPER: handlingstyper };
  return tried(() => loadRulebook({ ...settings, ADAPTER_DKA_NAMESPACES, ADAPTER_IT_SYSTEM_INSTANS }), problems);
}

async function readBackend(
  values: Partial<Config>,
  rulebook: Rulebook | undefined,
  problems: string[],
): Promise<LoadedDebitorsystem | undefined> {
  const { ADAPTER_BACKEND: backend, ADAPTER_BACKEND_CONFIG: text } = values;
  if (backend === undefined || text === undefined) return undefined;
  const baseDir = process.cwd();
  return tried(
    () =>
      loadDebitorsystem(backend, backendConfig(backend, text), {
        baseDir,
        handlingstyper: rulebook?.handlingstyper.values() ?? [],
      }),
    problems,
  );
}

/**
 * @param settings with what is wrong with them, where anything is.
 * @throws ConfigurationError with every problem of the settings, both files and the backend.
 */
export async function loadInstallation({ values, problems: found }: ReadSettings): Promise<Installation> {
  const problems = [...found];
  const rulebook = await readRulebook(values, problems);
  const debitorsystem = await readBackend(values, rulebook, problems);
  if (rulebook === undefined || debitorsystem === undefined || problems.length > 0) {
    throw new ConfigurationError(problems);
  }
  return { rulebook, debitorsystem };
}
