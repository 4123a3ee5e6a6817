/** What a site is made of: its options, and the settings that they become for the adapter's process. */
import { join } from 'node:path';
import type { RecordingConfig } from './recording/backend.ts';

export type BackendName = 'idempotent' | 'opslag' | 'neither';

/** What a site needs of a broker. */
export interface SiteVhost {
  readonly name: string;
  /** AMQP URL of an administrator on this vhost. */
  readonly url: string;
  /** Imports definitions that name their own vhost, users among them. */
  importDefinitions(definitions: unknown): Promise<void>;
}

export interface SiteOptions {
  readonly vhost: SiteVhost;
  /** Drawn again for every start of the adapter. */
  readonly backend: () => BackendName;
  readonly recording?: Partial<RecordingConfig>;
  /** Where the adapter finds the broker, where that is not the vhost's own URL. */
  readonly adapterAmqpUrl?: string;
  /** Where the fagsystemer find it, one after the other, where that is not the vhost's own URL either. */
  readonly partyAmqpUrls?: readonly [string, ...string[]];
  /** The ledger; a SQLite file in the site's folder where left out. */
  readonly ledgerUrl?: string;
  /** Where each of the adapters finds the ledger, where that is not `ledgerUrl`. */
  readonly adapterLedgerUrls?: readonly string[];
  /** Settings of the adapter beside the site's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Adapters side by side; more than one needs a ledger that they can share. */
  readonly adapters?: number;
  readonly traceSteps?: boolean;
}

export const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const RECORDING = join(import.meta.dirname, 'recording');

/** Files and addresses that the site has found for itself. */
export interface SiteFiles {
  readonly ledgerUrl: string;
  readonly recordingFile: string;
  readonly traceFile: string;
}

/** The environment of one start of the adapter. @param crashAt a crash point for this start alone. */
export function adapterEnvironment(
  { vhost, backend, recording, adapterAmqpUrl, env, traceSteps }: SiteOptions,
  { ledgerUrl, recordingFile, traceFile }: SiteFiles,
  crashAt: string | undefined,
): Readonly<Record<string, string>> {
  const backendConfig: RecordingConfig = {
    store: recordingFile,
    maxDelayMs: 5,
    senereDelayMs: 30,
    transientPercent: 0,
    lostPercent: 0,
    silentPercent: 0,
    ...recording,
  };
  return {
    ADAPTER_AMQP_URL: adapterAmqpUrl ?? vhost.url,
    ADAPTER_LEDGER_URL: ledgerUrl,
    ADAPTER_REGISTRY: join(FIXTURES, 'registry.json'),
    ADAPTER_BACKEND: join(RECORDING, `${backend()}.ts`),
    ADAPTER_BACKEND_CONFIG: JSON.stringify(backendConfig),
    ADAPTER_HTTP_PORT: '0',
    ADAPTER_LOG_LEVEL: 'warn',
    ADAPTER_RETRY_INITIAL_MS: '50',
    ADAPTER_RETRY_MAX_MS: '1000',
    ADAPTER_DISPATCH_TIMEOUT_MS: '1500',
    // Longer than a dispatch may take, and short enough that what a dead adapter held is soon taken over.
    ADAPTER_LEDGER_LEASE_MS: '4000',
    PROVE_TRACE: traceFile,
    ...(traceSteps === true ? { PROVE_TRACE_STEPS: 'true' } : {}),
    ...(crashAt === undefined ? {} : { PROVE_CRASH_AT: crashAt }),
    ...env,
  };
}
