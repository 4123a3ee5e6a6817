/**
 * A flow on an embedded ledger, for the commands by which a person changes something beside it. No broker; all else is
 * real, and the debitorsystem can settle no doubt.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Debitorsystem } from '../../src/debitorsystem/debitorsystem.ts';
import type { Command } from '../../src/domain/command.ts';
import { createFlow } from '../../src/flow/adapter-flow.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { SYSTEM_WORLD } from '../../src/main.ts';
import { PublisherInProcess, QueueInProcess } from '../support/in-memory-ports.ts';
import { rulebook } from '../support/reading.ts';
import { waitFor } from '../support/wait.ts';

/** Who and why, as every command that changes something wants to know. */
export const BY = ['--hvem', 'Anne Hansen', '--hvorfor', 'set i debitorsystemet'] as const;

export interface DeskScene {
  readonly folder: string;
  readonly ledgerUrl: string;
  readonly ledger: Ledger;
  readonly publisher: PublisherInProcess;
  readonly debitorkonto: QueueInProcess;
  readonly kontant: QueueInProcess;
  /** Where RabbitMQ brings what it could not deliver. */
  readonly undelivered: QueueInProcess;
  /** Every command that the debitorsystem was asked to carry out. */
  readonly asked: Command[];
  /** What it does when it is asked for the first time; it carries out whatever it is asked again. */
  firstTime: () => ReturnType<Debitorsystem['execute']>;
  /** The codes of what was published, in its order. */
  kodes(): readonly (string | undefined)[];
  /** Resolves when so many answers are published, and no more. */
  published(count: number): Promise<void>;
  /** What was published about an anmodning, one after the other. */
  xmlFor(id: string): string;
  /** Resolves when so many are in doubt. */
  doubts(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function openDeskScene(): Promise<DeskScene> {
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-desk-'));
  const path = join(folder, 'ledger.db');
  const ledger = await openSqliteLedger({ path, owner: true });
  const publisher = new PublisherInProcess();
  const asked: Command[] = [];
  const execute: Debitorsystem['execute'] = (command) => {
    const isFirst = asked.every(({ noegle }) => noegle !== command.noegle);
    asked.push(command);
    return isFirst ? scene.firstTime() : Promise.resolve({ art: 'udfoert' });
  };
  const flow = await createFlow(
    {
      rulebook,
      requireUserId: true,
      maxMessageBytes: 1_000_000,
      maxUnfinished: 100,
      dispatchTimeoutMs: 60_000,
      retry: { maxAttempts: 1, initialDelayMs: 1, maxDelayMs: 5 },
    },
    {
      ledger,
      publisher,
      canPublish: () => true,
      capabilities: { idempotent: false, opslag: false, concurrency: 8 },
      createBackend: async () => ({ execute }),
      world: { ...SYSTEM_WORLD, chance: () => 0 },
      observe: () => undefined,
      onFatal: (error) => {
        throw error;
      },
    },
  );
  const debitorkonto = new QueueInProcess(flow.receiver('debitorkonto'));
  const kontant = new QueueInProcess(flow.receiver('kontantindbetaling'));
  const undelivered = new QueueInProcess(flow.receiver('fejlkoe'));
  flow.attach('fejlkoe', undelivered);
  flow.attach('debitorkonto', debitorkonto);
  flow.attach('kontantindbetaling', kontant);
  const scene: DeskScene = {
    folder,
    ledgerUrl: `sqlite:${path}`,
    ledger,
    publisher,
    debitorkonto,
    kontant,
    undelivered,
    asked,
    firstTime: () => Promise.reject(new Error('svaret gik tabt')),
    kodes: () => publisher.published.map(({ headers }) => headers['kvittering-kode']),
    async published(count) {
      await waitFor(`${count} answers`, () => publisher.published.length === count);
    },
    xmlFor: (id) =>
      publisher.published
        .filter(({ headers }) => headers['anmodning-id'] === id)
        .map(({ body }) => Buffer.from(body).toString())
        .join('\n'),
    async doubts(count) {
      await waitFor(`${count} in doubt`, async () => (await ledger.inDoubt({ limit: 10 })).length === count);
    },
    async close() {
      await flow.drain(3000);
      flow.abandon();
      await ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await flow.start();
  return scene;
}
