/** What the tests of the client open and send: as the fagsystem kulturskole, with its least permissions. */
import type { ChannelModel } from 'amqplib';
import { onTestFinished } from 'vitest';
import {
  type Anmodning,
  type FagsystemClient,
  type FagsystemClientOptions,
  type Handling,
  type KontantIndbetaling,
  openFagsystemClient,
  type Problem,
} from '../../src/client/client.ts';
import type { TestAdapter } from '../support/adapter.ts';

export const QUEUE = 'debitor.svar.kulturskole';
export const RUTE = {
  afsender: { organisation: '29189846', itSystemInstans: '5b0d6c2e-3f7a-4b1c-9d2e-8a7f6c5b4a31' },
  modtager: { organisation: '29189846' },
};

export function urlFor(running: TestAdapter, id: string): string {
  const url = new URL(running.vhost.url);
  url.username = id;
  url.password = 'kode';
  return url.href;
}

interface Opened {
  readonly client: FagsystemClient;
  readonly problems: readonly Problem[];
}

/** Closed when the test ends. */
export async function openFor(running: TestAdapter, options: Partial<FagsystemClientOptions> = {}): Promise<Opened> {
  const problems: Problem[] = [];
  const url = urlFor(running, 'kulturskole');
  const onProblem = (problem: Problem) => problems.push(problem);
  const client = await openFagsystemClient({ url, ...RUTE, onProblem, ...options });
  onTestFinished(() => client.close());
  return { client, problems };
}

export function opskriv(fordring: string, beloeb: bigint | string): Anmodning {
  return {
    handlingstype: 'OPSKRIV',
    handling: { variant: 2, debitorkonto: 'KONTO-1', fordringer: [fordring] },
    parametre: { beloeb, aarsagKode: 'TEST' },
  };
}

export function henstand(debitorkonto: string): Anmodning {
  const handling: Handling = { variant: 1, debitorkonto };
  return { handlingstype: 'HENSTAND', handling, parametre: { virkningDato: '2027-06-01' } };
}

export function betaling(parts: Partial<KontantIndbetaling> = {}): KontantIndbetaling {
  return {
    kundeNummer: '0101701234',
    kundeType: 'CPR-Person',
    indbetalingType: 'Kontanter',
    beloeb: 12_550n,
    indbetalingDato: '2026-11-20',
    ...parts,
  };
}

/** Messages in a queue that no consumer has. */
export async function readyIn(admin: ChannelModel, queue: string): Promise<number> {
  const channel = await admin.createChannel();
  const { messageCount } = await channel.checkQueue(queue);
  await channel.close();
  return messageCount;
}
