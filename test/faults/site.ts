/**
 * One installation to be disturbed: a vhost, a ledger, a recording debitorsystem, fagsystemer that send and receive, and
 * an adapter process that is kept running. Gathers the evidence; what disturbs it is the layers' business.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChannelModel, connect } from 'amqplib';
import { definitionsFor } from '../../src/broker/definitions.ts';
import { queueName, svarQueueName } from '../../src/broker/topology.ts';
import { loadConfig } from '../../src/config.ts';
import { datoAt } from '../../src/domain/dato.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/main.ts';
import { loadRulebook } from '../../src/rulebook.ts';
import { waitFor } from '../support/wait.ts';
import { type Evidence, type Sent, UNDISTURBED } from './evidence.ts';
import { judge } from './judge.ts';
import { Party } from './party.ts';
import { countOwed, readEffects } from './recording/store.ts';
import { adapterEnvironment, FIXTURES, type SiteOptions } from './site-settings.ts';
import { SupervisedAdapter } from './supervised.ts';
import { FAGSYSTEMER, type Message } from './traffic.ts';

const PASSWORD = 'kode';
const LOOK_EVERY_MS = 50;
const CONNECT_LIMIT_MS = 60_000;
const MOST_BOUNDS = 10;
/** So often in a row nothing may have changed. */
const STILL = 3;
/** For what is missed at rest, between looks and in all. */
const LOOK_AGAIN_MS = 250;
const GRACE_MS = 15_000;
const LIST_PAGE = 1000;

interface Publication {
  readonly message: Omit<Message, 'body'>;
  readonly n: number;
  readonly afterAnswer: boolean;
  confirmed: boolean;
}

const folders = new Set<string>();
// A run that is interrupted leaves nothing behind either.
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function userUrl(vhostUrl: string, user: string): string {
  const url = new URL(vhostUrl);
  url.username = user;
  url.password = PASSWORD;
  return url.href;
}

export class Site {
  readonly folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-proof-'));
  readonly ledgerUrl: string;
  readonly recordingFile = join(this.folder, 'debitorsystem.db');
  readonly parties: ReadonlyMap<string, Party>;
  readonly #options: SiteOptions;
  readonly #sent: Publication[] = [];
  readonly #traceFile = join(this.folder, 'trace');
  readonly adapters: readonly SupervisedAdapter[];
  /** Why it was not at rest when that was last looked at; empty where it was. */
  unrest = '';
  /** Given to the next start of an adapter alone: a crash point in its recovery. */
  crashAtNextStart: string | undefined;
  #admin: ChannelModel | undefined;
  #reader: Ledger | undefined;
  #beganAt = 0;
  #redeliveriesBefore = 0;

  constructor(options: SiteOptions) {
    this.#options = options;
    folders.add(this.folder);
    this.ledgerUrl = options.ledgerUrl ?? `sqlite:${join(this.folder, 'ledger.db')}`;
    const partyUrls = options.partyAmqpUrls ?? [options.vhost.url];
    this.parties = new Map(
      FAGSYSTEMER.map(({ id }) => [
        id,
        new Party(
          id,
          partyUrls.map((url) => userUrl(url, id)),
        ),
      ]),
    );
    this.adapters = Array.from({ length: options.adapters ?? 1 }, (_, index) => {
      const logFile = join(this.folder, `adapter-${index}.log`);
      const environment = (): Readonly<Record<string, string>> => {
        const crashAt = this.crashAtNextStart;
        this.crashAtNextStart = undefined;
        const { recordingFile } = this;
        const ledgerUrl = options.adapterLedgerUrls?.[index] ?? this.ledgerUrl;
        return adapterEnvironment(options, { ledgerUrl, recordingFile, traceFile: this.#traceFile }, crashAt);
      };
      return new SupervisedAdapter({ environment, logFile });
    });
  }

  /** The only adapter, or the first. */
  get adapter(): SupervisedAdapter {
    const [first] = this.adapters;
    if (first === undefined) throw new Error('a site has at least one adapter');
    return first;
  }

  /** Publishes until it is confirmed. */
  async send(message: Message): Promise<void> {
    const party = this.parties.get(message.fagsystem);
    if (party === undefined) throw new Error(`no fagsystem ${message.fagsystem}`);
    const { body: _body, ...rest } = message;
    const afterAnswer = message.about !== undefined && party.hasAnswer(message.about);
    const publication: Publication = { message: rest, n: this.#sent.length, afterAnswer, confirmed: false };
    this.#sent.push(publication);
    publication.confirmed = await party.publish(message);
  }

  /** Sends a message to where no queue is bound, so that the broker brings it to the fejlkø. */
  async misroute(message: Message): Promise<void> {
    const { body, ...rest } = message;
    await this.administer(async (admin) => {
      const channel = await admin.createConfirmChannel();
      const { messageId, correlationId } = message;
      channel.publish('debitor.anmodning', `ukendt.${message.fagsystem}`, Buffer.from(body), {
        messageId,
        correlationId,
        deliveryMode: 2,
      });
      await channel.waitForConfirms();
      await channel.close();
    });
    const role = 'falsk' as const;
    this.#sent.push({ message: { ...rest, role }, n: this.#sent.length, afterAnswer: false, confirmed: true });
  }

  hasAnswer(message: Message): boolean {
    return this.parties.get(message.fagsystem)?.hasAnswer(message.correlationId) ?? false;
  }

  get sentCount(): number {
    return this.#sent.length;
  }

  /** What is gathered from now on is a run of its own. Only at rest. */
  begin(): void {
    this.#sent.length = 0;
    for (const party of this.parties.values()) party.received.length = 0;
    this.#redeliveriesBefore = this.steps()['redelivered'] ?? 0;
    this.#beganAt = readEffects(this.recordingFile).at(-1)?.seq ?? 0;
  }

  /**
   * Resolves when nothing is on its way any more: every queue is empty, every adapter consumes, the ledger has nothing
   * unfinished or unpublished, the debitorsystem owes nothing. What is delivered and not yet recorded is in none of these
   * places, so what the judge still misses is waited for as well, so long as {@link GRACE_MS}: after that the judge says it.
   * False where nothing new has been answered for as long as the bound, or after ten times the bound.
   */
  async rest(boundMs: number): Promise<boolean> {
    const latest = performance.now() + MOST_BOUNDS * boundMs;
    let until = performance.now() + boundMs;
    let changedAt = performance.now();
    let still = 0;
    let before = '';
    while (performance.now() < Math.min(until, latest)) {
      const now = await this.#unrest().catch((error: unknown) => `kan ikke ses: ${String(error)}`);
      this.unrest = now;
      const received = [...this.parties.values()].map((party) => party.received.length).join();
      still = now === '' && received === before ? still + 1 : 0;
      // A machine that has too much to do is slow, and not stuck.
      if (received !== before) {
        changedAt = performance.now();
        until = changedAt + boundMs;
      }
      before = received;
      if (still < STILL) await pause(LOOK_EVERY_MS);
      else if (performance.now() - changedAt > GRACE_MS || !(await this.#misses())) return true;
      else await pause(LOOK_AGAIN_MS);
    }
    return false;
  }

  /** Something was sent that nothing has come of, or not all. */
  async #misses(): Promise<boolean> {
    const { lost, missingAnswers } = judge(await this.evidence(), { requireRedeliveries: false });
    return lost + missingAnswers > 0;
  }

  async evidence(disturbances: Partial<Evidence['disturbances']> = {}): Promise<Evidence> {
    const ledger = await this.#ledger();
    const fejlkoe: string[] = [];
    for (let after = 0; ; ) {
      const rows = await ledger.fejlkoe({ limit: LIST_PAGE, after });
      for (const { messageId } of rows) if (messageId !== undefined) fejlkoe.push(messageId);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
    const awaitingPerson: string[] = [];
    for (const { id, nextAttemptAt } of await ledger.inDoubt({ limit: LIST_PAGE })) {
      if (nextAttemptAt === undefined) awaitingPerson.push(id);
    }
    return {
      sent: this.#sent.map(
        ({ message, n, confirmed, afterAnswer }): Sent => ({ ...message, n, confirmed, afterAnswer }),
      ),
      effects: readEffects(this.recordingFile).filter(({ seq }) => seq > this.#beganAt),
      received: [...this.parties.values()].flatMap(({ received }) => received),
      fejlkoe,
      awaitingPerson,
      disturbances: {
        ...UNDISTURBED,
        redeliveries: (this.steps()['redelivered'] ?? 0) - this.#redeliveriesBefore,
        ...disturbances,
      },
    };
  }

  /** How often each step was passed, by all adapter processes so far; `redelivered` is always counted. */
  steps(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    if (!existsSync(this.#traceFile)) return counts;
    for (const line of readFileSync(this.#traceFile, 'utf8').split('\n')) counts[line] = (counts[line] ?? 0) + 1;
    return counts;
  }

  /** Runs a task on an administrator's channel. */
  async administer<T>(task: (admin: ChannelModel) => Promise<T>): Promise<T> {
    if (this.#admin === undefined) {
      const admin = await connect(this.#options.vhost.url, { noDelay: true, timeout: 5_000 });
      admin.on('error', () => undefined);
      admin.on('close', () => {
        if (this.#admin === admin) this.#admin = undefined;
      });
      this.#admin = admin;
    }
    return task(this.#admin);
  }

  async close(): Promise<void> {
    await Promise.all(this.adapters.map((adapter) => adapter.stop()));
    await Promise.all([...this.parties.values()].map((party) => party.close()));
    await this.#admin?.close().catch(() => undefined);
    await this.#reader?.close();
    rmSync(this.folder, { recursive: true, force: true });
    folders.delete(this.folder);
  }

  /** Why it is not at rest; empty where it is. */
  async #unrest(): Promise<string> {
    if (!this.adapters.every(({ ready }) => ready)) return 'en adapter er ikke klar';
    const queues = [
      ...(['debitorkonto', 'kontantindbetaling', 'udfald', 'fejlkoe'] as const).map(queueName),
      ...[...this.parties.keys()].map(svarQueueName),
    ];
    for (const queue of queues) if ((await this.#depthOf(queue)) > 0) return `${queue} er ikke tom`;
    const { unfinished, byState, unpublished } = await (await this.#ledger()).counts(datoAt(Date.now()));
    const open = unfinished.debitorkonto + unfinished.kontantindbetaling + byState.awaitingSvar;
    if (unpublished > 0) return `${unpublished} svar er ikke udgivet`;
    if (countOwed(this.recordingFile) > 0) return 'debitorsystemet skylder et svar';
    return open > (await this.#blocked()) ? `${open} er uafsluttede` : '';
  }

  /** Unfinished, but waiting for a person, or behind what does. */
  async #blocked(): Promise<number> {
    const inDoubt = await (await this.#ledger()).inDoubt({ limit: LIST_PAGE });
    const waiting = new Set(inDoubt.filter(({ nextAttemptAt }) => nextAttemptAt === undefined).map(({ id }) => id));
    if (waiting.size === 0) return 0;
    const lines = new Set<string>();
    let blocked = 0;
    for (const { message } of this.#sent) {
      if (message.role !== 'anmodning' || !(waiting.has(message.id) || message.lines.some((line) => lines.has(line))))
        continue;
      for (const line of message.lines) lines.add(line);
      blocked += 1;
    }
    return blocked;
  }

  /** On a channel of its own: asking for a queue that is not there yet closes it. */
  async #depthOf(queue: string): Promise<number> {
    return this.administer(async (admin) => {
      const channel = await admin.createChannel();
      channel.on('error', () => undefined);
      try {
        return (await channel.checkQueue(queue)).messageCount;
      } finally {
        await channel.close().catch(() => undefined);
      }
    });
  }

  async #ledger(): Promise<Ledger> {
    this.#reader ??= await openLedger(this.ledgerUrl, false);
    return this.#reader;
  }
}

/** Sets up users and topology, and opens a site; resolves when its adapters consume. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const { vhost } = options;
  const config = loadConfig({ ADAPTER_AMQP_URL: vhost.url, ADAPTER_REGISTRY: join(FIXTURES, 'registry.json') });
  const { registry } = loadRulebook(config);
  const ids = [...registry.fagsystemer, ...registry.debitorsystemer].map(({ id }) => id as string);
  const adapterUser = new URL(vhost.url).username;
  const definitions = definitionsFor(registry, {
    vhost: vhost.name,
    adapterUser,
    passwords: Object.fromEntries(ids.map((id) => [id, PASSWORD])),
  });
  // The adapter runs as the vhost's administrator here: its own least permissions are another test's matter.
  const { users, exchanges, queues, bindings } = definitions;
  const permissions = definitions.permissions.filter(({ user }) => user !== adapterUser);
  const topic_permissions = definitions.topic_permissions.filter(({ user }) => user !== adapterUser);
  await vhost.importDefinitions({ users, permissions, topic_permissions, exchanges, queues, bindings });
  const site = new Site(options);
  try {
    await Promise.all(site.adapters.map((adapter) => adapter.untilReady()));
    const parties = [...site.parties.values()];
    await waitFor(
      'the fagsystemer to be connected',
      () => parties.every(({ connected }) => connected),
      CONNECT_LIMIT_MS,
    );
    return site;
  } catch (error) {
    await site.close();
    throw error;
  }
}
