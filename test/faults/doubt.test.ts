/**
 * Promise 5 on real processes: the adapter is killed (SIGKILL) between what the debitorsystem did and its answer, with each
 * of the three kinds of debitorsystem. One effect and one answer each: by asking again under the same key, by a look-up,
 * or by a person on the command line, who sees it wait.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { type Ran, runCli } from '../support/terminal.ts';
import { waitFor } from '../support/wait.ts';
import { freshSiteVhost } from './fresh-site-vhost.ts';
import { judge } from './judge.ts';
import { readEffects } from './recording/store.ts';
import { openSite, type Site } from './site.ts';
import type { BackendName } from './site-settings.ts';
import { type Lane, lanesFor, type Message } from './traffic.ts';

const SEED = 20_261_122;
const LIMIT_MS = 240_000;
const BOUND_MS = 60_000;
const HOUR_MS = 3_600_000;
const BY = ['--hvem', 'Anne Hansen', '--hvorfor', 'set i debitorsystemet'] as const;

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function openDoubtfulSite(backend: BackendName, senereDelayMs: number, ledgerUrl?: string): Promise<Site> {
  const vhost = await freshSiteVhost();
  cleanups.push(() => vhost.delete());
  const site = await openSite({
    vhost,
    backend: () => backend,
    recording: { senereDelayMs },
    // Nothing but the kill leaves anything in doubt.
    env: { ADAPTER_DISPATCH_TIMEOUT_MS: String(HOUR_MS), ADAPTER_LOG_LEVEL: 'info' },
    ...(ledgerUrl === undefined ? {} : { ledgerUrl }),
  });
  cleanups.push(() => site.close());
  return site;
}

/** Another message of a lane that stands in one of the same lines. */
function behind(message: Message, next: () => Message): Message {
  for (let tries = 0; tries < 1000; tries += 1) {
    const found = next();
    if (found.lines.some((line) => message.lines.includes(line))) return found;
  }
  throw new Error('the lane never comes back to that line');
}

interface Interrupted {
  /** Answered at once, for later, and a payment: each carried out, and the adapter killed before it recorded that. */
  readonly straks: Message;
  readonly senere: Message;
  readonly payment: Message;
  /** In the lines of the first and the last. */
  readonly waiting: readonly [Message, Message];
}

const effectCount = (site: Site): number => readEffects(site.recordingFile).length;

async function killBetweenEffectAndAnswer(site: Site): Promise<Interrupted> {
  const [lane, other] = lanesFor(SEED, 'doubt', 2) as [Lane, Lane];
  const straks = lane.handling({ kode: 'OPSKRIV', script: 'tavs' });
  const senere = other.handling({ kode: 'HENSTAND', variant: 1, script: 'tavs' });
  const payment = lane.indbetaling();
  for (const message of [straks, senere]) await site.send(message);
  await waitFor('both to be carried out', () => effectCount(site) === 2, BOUND_MS);
  // The payment is answered: it is killed as it hears that, before anything of it is recorded.
  const { kills, starts } = site.adapter;
  await site.adapter.arm('command.answered:1');
  await site.send(payment);
  await waitFor('the kill', () => site.adapter.kills === kills + 1 && site.adapter.starts > starts, BOUND_MS);
  expect(effectCount(site)).toBe(3);
  await site.adapter.untilReady();
  const waiting = [
    behind(straks, () => lane.handling({ kode: 'OPSKRIV' })),
    behind(payment, () => lane.indbetaling()),
  ] as const;
  for (const message of waiting) await site.send(message);
  return { straks, senere, payment, waiting };
}

const answersTo = (site: Site, message: Message): string =>
  (site.parties.get(message.fagsystem)?.received ?? [])
    .filter(({ correlationId }) => correlationId === message.correlationId)
    .map(({ art, kode }) => `${art} ${kode}`)
    .join(', ');

async function answered(site: Site, message: Message, answers: string): Promise<void> {
  await waitFor(`${answers} to ${message.correlationId}`, () => answersTo(site, message) === answers, BOUND_MS);
}

/** One effect and one answer each, in order, nothing lost; what waits for a person would be excused, so none may. */
async function expectKept(site: Site, effects: number): Promise<void> {
  const evidence = await site.evidence({ adapterKills: site.adapter.kills });
  expect(evidence.awaitingPerson).toEqual([]);
  const verdict = judge(evidence, { requireRedeliveries: false });
  expect(verdict.findings).toEqual([]);
  expect(verdict).toMatchObject({ ok: true, effects, distinct: evidence.sent.length, repeatsReceived: 0 });
  expect(new Set(evidence.effects.map(({ noegle }) => noegle)).size).toBe(effects);
}

test.each([
  ['recognises a key is asked again under it', 'idempotent'],
  ['can look a key up is asked what became of it', 'opslag'],
] as const)(
  'killed between effect and answer, a debitorsystem that %s: one effect, one answer',
  { timeout: LIMIT_MS },
  async (_what, backend) => {
    const site = await openDoubtfulSite(backend, 3_000);
    const { straks, senere, payment, waiting } = await killBetweenEffectAndAnswer(site);
    for (const message of [straks, payment, ...waiting]) await answered(site, message, 'kvittering ACCEPTERET');
    await answered(site, senere, 'kvittering MODTAGET, svar GENNEMFOERT');
    expect(await site.rest(BOUND_MS), site.unrest).toBe(true);
    await expectKept(site, 5);
  },
);

const cli = (site: Site, ...args: readonly string[]): Promise<Ran> => runCli(...args, '--ledger', site.ledgerUrl);

/** Everything that people look at tells of them. */
async function expectVisible(site: Site, messages: readonly Message[]): Promise<void> {
  const listed: { id: string; nextAttemptAt: string | null; aarsag: string }[] = JSON.parse(
    (await cli(site, 'i-tvivl', 'list', '--json')).out,
  );
  const shown = listed.map(({ id, nextAttemptAt }) => `${id} ${nextAttemptAt}`);
  expect(shown.toSorted()).toEqual(messages.map(({ id }) => `${id} null`).toSorted());
  expect((await cli(site, 'status')).out).toMatch(new RegExp(`i tvivl +${messages.length}`));
  const log = readFileSync(join(site.folder, 'adapter-0.log'), 'utf8');
  const http = [...log.matchAll(/"http":"([^"]+)".*"event":"adapter\.started"/g)].at(-1)?.[1] ?? '';
  const ready = await fetch(`${http}/readyz?verbose`);
  expect(ready.status).toBe(200);
  expect(await ready.text()).toContain(`${messages.length} i tvivl`);
  const metrics = await (await fetch(`${http}/metrics`)).text();
  expect(Number(/^adapter_oldest_in_doubt_seconds ([0-9.]+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0);
}

const LEDGERS = [
  ['the embedded ledger', () => Promise.resolve(undefined)],
  [
    'a shared ledger',
    async () => {
      const server = await startPostgres();
      cleanups.push(() => server.stop());
      return server.freshUrl();
    },
  ],
] as const;

test.each(LEDGERS)(
  'killed between effect and answer, a debitorsystem that can do neither: it waits for a person, visibly, whose word is answered (%s)',
  { timeout: LIMIT_MS },
  async (_ledger, ledgerUrl) => {
    const site = await openDoubtfulSite('neither', HOUR_MS, await ledgerUrl());
    const { straks, senere, payment, waiting } = await killBetweenEffectAndAnswer(site);
    const doubtful = [straks, senere, payment];
    await waitFor(
      'the lines to wait',
      async () => {
        const { byState } = JSON.parse((await cli(site, 'status', '--json')).out);
        return byState.inDoubt === 3 && byState.recorded === 2;
      },
      BOUND_MS,
    );
    await expectVisible(site, doubtful);
    for (const message of [...doubtful, ...waiting]) expect(answersTo(site, message)).toBe('');
    for (const message of doubtful) {
      const ran = await cli(site, 'i-tvivl', 'resolve', message.id, '--som', 'udfoert', ...BY);
      expect(ran).toMatchObject({ code: 0, err: '' });
    }
    for (const message of [straks, payment, ...waiting]) await answered(site, message, 'kvittering ACCEPTERET');
    await answered(site, senere, 'kvittering MODTAGET, svar GENNEMFOERT');
    expect((await cli(site, 'i-tvivl', 'list')).out).toBe('Intet er i tvivl.\n');
    await expectKept(site, 5);
  },
);

test('killed before anything was carried out, it is asked again when a person says so: one effect, one answer', {
  timeout: LIMIT_MS,
}, async () => {
  const site = await openDoubtfulSite('neither', HOUR_MS);
  const [lane] = lanesFor(SEED, 'igen', 1) as [Lane];
  const first = lane.handling({ kode: 'OPSKRIV' });
  const { kills } = site.adapter;
  await site.adapter.arm('command.dispatching:1');
  await site.send(first);
  await waitFor('the kill', () => site.adapter.kills === kills + 1 && !site.adapter.ready, BOUND_MS);
  await site.adapter.untilReady();
  const second = behind(first, () => lane.handling({ kode: 'OPSKRIV' }));
  await site.send(second);
  await waitFor('the doubt', async () => (await cli(site, 'i-tvivl', 'list')).out.includes(first.id), BOUND_MS);
  expect(effectCount(site)).toBe(0);
  expect(await cli(site, 'i-tvivl', 'resolve', first.id, '--som', 'igen', ...BY)).toMatchObject({ code: 0, err: '' });
  for (const message of [first, second]) await answered(site, message, 'kvittering ACCEPTERET');
  expect(await site.rest(BOUND_MS), site.unrest).toBe(true);
  await expectKept(site, 2);
});
