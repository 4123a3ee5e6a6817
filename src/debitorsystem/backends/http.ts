/**
 * The built-in backend `http`: a debitorsystem in any language, which is given commands as JSON over HTTP and reports svar by
 * HTTP (schemas/debitorsystem/openapi.yaml). It keeps nothing: what a command came to is the debitorsystem's to remember,
 * under the key in Idempotency-Key, and the ledger's.
 *
 * Every answer means one of three things, and only what is certain counts as *not carried out*:
 *
 *   200, 202, 409, 422 with a udfald   the udfald
 *   any status with art ikkeUdfoert    not carried out, as its body says
 *   400, 501                           not carried out, permanent: it does not understand the command
 *   no connection                      not carried out, transient: nothing has left this machine
 *   all else (5xx, redirect, rubbish, time-out, cut connection)   unknown
 */
import { isUtf8 } from 'node:buffer';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '../../domain/command.ts';
import type { IdempotencyKey } from '../../domain/identer.ts';
import { backoffMs } from '../../domain/lifecycle.ts';
import type { Udfald } from '../../domain/udfald.ts';
import {
  CONTRACT_VERSION,
  type Debitorsystem,
  type DebitorsystemPorts,
  defineDebitorsystem,
  type ExecuteContext,
  IkkeUdfoert,
} from '../debitorsystem.ts';
import { readUdfald, type UdfaldBesked, WireProblem, writeCommand } from '../wire.ts';
import { Breaker } from './http/breaker.ts';
import {
  HTTP_CONFIG_SCHEMA,
  type HttpConfig,
  type HttpSettings,
  httpCapabilities,
  readHttpConfig,
} from './http/config.ts';
import { type Exchange, ExchangeFailed, type HttpAnswer, type HttpRequest, openExchange } from './http/exchange.ts';
import { Health } from './http/health.ts';
import { basePathOf, commandHeaders, signatureOf } from './http/requests.ts';
import { openSvarEndpoint, type SvarEndpoint } from './http/svar-endpoint.ts';

export default defineDebitorsystem<HttpConfig>({
  name: 'http',
  contract: CONTRACT_VERSION,
  configSchema: HTTP_CONFIG_SCHEMA,
  configProblems(config) {
    readHttpConfig(config);
    return [];
  },
  capabilities: httpCapabilities,
  create: (config, ports) => new HttpDebitorsystem(readHttpConfig(config), ports),
});

/** Within one attempt, where there is no connection: the ledger tries again later, with longer waits. */
const CONNECT_RETRY = { maxAttempts: 3, initialDelayMs: 200, maxDelayMs: 1000 };
/** Looked up to see whether it is well: a key that is never sent. */
const HEALTH_KEY = 'sundhed';
/** So many in a row without an answer, and the next ones are not sent. */
const BREAK_AFTER = 5;

/** The backend, and where it listens for svar. */
class HttpDebitorsystem implements Debitorsystem {
  readonly #settings: HttpSettings;
  readonly #ports: DebitorsystemPorts;
  readonly #exchange: Exchange;
  /** On a connection of its own: commands may have taken all the others, and be slow. */
  readonly #healthExchange: Exchange;
  readonly #basePath: string;
  #svarEndpoint: SvarEndpoint | undefined;
  readonly #breaker: Breaker;
  readonly #health: Health;

  constructor(settings: HttpSettings, ports: DebitorsystemPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#exchange = openExchange(settings);
    this.#healthExchange = openExchange({ ...settings, concurrency: 1 });
    this.#basePath = basePathOf(settings);
    const { breakMs } = settings;
    this.#breaker = new Breaker({
      breakAfter: BREAK_AFTER,
      breakMs,
      now: ports.now,
      onOpened: () => ports.log('http.circuit-opened', { breakMs }),
      onClosed: () => ports.log('http.circuit-closed', {}),
    });
    this.#health = new Health({
      now: ports.now,
      isResting: () => this.#breaker.isResting,
      ask: (timeoutMs) => this.#askHealth(timeoutMs),
    });
  }

  async start(): Promise<void> {
    const { svar } = this.#settings;
    if (svar === undefined) return;
    this.#svarEndpoint = await openSvarEndpoint({ settings: svar, ports: this.#ports });
    this.#ports.log('http.svar-listening', { url: this.#svarEndpoint.url });
  }

  async stop(): Promise<void> {
    await this.#svarEndpoint?.close();
    this.#exchange.close();
    this.#healthExchange.close();
  }

  async health(): Promise<string | undefined> {
    return this.#health.problem();
  }

  async #askHealth(timeoutMs: number): Promise<string | undefined> {
    const { healthPath, opslag } = this.#settings;
    const path = `${this.#basePath}${healthPath ?? `/commands/${HEALTH_KEY}`}`;
    const request = { method: 'GET', path, headers: {}, signal: new AbortController().signal, timeoutMs } as const;
    let answer: HttpAnswer;
    try {
      answer = await this.#sendSigned(request, this.#healthExchange);
    } catch (error) {
      const aarsag = error instanceof ExchangeFailed ? error.message : 'ukendt fejl';
      return `debitorsystemet svarer ikke over HTTP (${aarsag})`;
    }
    const { status } = answer;
    if (status === 401 || status === 403) return `debitorsystemet afviser adapteren (HTTP ${status}): se auth`;
    if (healthPath !== undefined) {
      return status >= 200 && status < 300 ? undefined : `debitorsystemet svarer HTTP ${status} på ${healthPath}`;
    }
    const isWell = opslag ? status === 404 && said(answer)?.art === 'aldrigSet' : !isUnwell(answer);
    return isWell ? undefined : `debitorsystemet svarer HTTP ${status} på et opslag uden at sige, at nøglen er ukendt`;
  }

  async execute(command: Command, context: ExecuteContext): Promise<Udfald> {
    const remainingMs = context.deadline - this.#ports.now();
    if (context.signal.aborted || remainingMs <= 0) {
      throw new IkkeUdfoert('fristen var overskredet, før kommandoen blev sendt', { forbigaaende: true });
    }
    const body = written(command);
    const { noegle } = command;
    const { traceparent } = context;
    const answer = await this.#send({
      method: 'POST',
      path: `${this.#basePath}/commands`,
      headers: { ...commandHeaders(noegle, body), ...(traceparent === undefined ? {} : { traceparent }) },
      body,
      signal: context.signal,
      timeoutMs: Math.min(this.#settings.timeoutMs, remainingMs),
    });
    return udfaldOf(answer);
  }

  async lookup(noegle: IdempotencyKey, signal: AbortSignal): Promise<Udfald | undefined> {
    const answer = await this.#send({
      method: 'GET',
      path: `${this.#basePath}/commands/${noegle}`,
      headers: {},
      signal,
      timeoutMs: this.#settings.timeoutMs,
    });
    // The body must say so too: any proxy on the way can answer 404.
    if (answer.status === 404 && said(answer)?.art === 'aldrigSet') return undefined;
    return udfaldOf(answer);
  }

  async #send(request: HttpRequest): Promise<HttpAnswer> {
    if (!this.#breaker.admits()) {
      throw new IkkeUdfoert('debitorsystemet svarer ikke, og kommandoen blev ikke sendt', { forbigaaende: true });
    }
    try {
      const answer = await this.#connectAndSend(request);
      if (isUnwell(answer)) this.#breaker.failed();
      else {
        this.#breaker.succeeded();
        this.#health.heard();
      }
      return answer;
    } catch (error) {
      this.#breaker.failed();
      if (!(error instanceof ExchangeFailed) || error.sent) throw error;
      const aarsag = `ingen forbindelse til debitorsystemet: ${error.message}`;
      throw new IkkeUdfoert(aarsag, { forbigaaende: true, cause: error });
    }
  }

  async #connectAndSend(request: HttpRequest): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sendSigned(request, this.#exchange);
      } catch (error) {
        const isCertain = error instanceof ExchangeFailed && !error.sent;
        if (!isCertain || attempt === CONNECT_RETRY.maxAttempts || request.signal.aborted) throw error;
        await pause(backoffMs(attempt, CONNECT_RETRY, Math.random()));
      }
    }
  }

  async #sendSigned(request: HttpRequest, exchange: Exchange): Promise<HttpAnswer> {
    const signed = { ...request, headers: { ...request.headers, ...this.#signature(request) } };
    try {
      return await exchange.send(signed);
    } catch (error) {
      // At once, since the server most likely closed the connection for being idle. Connections are kept only with a
      // debitorsystem that recognises the key, should it have carried the command out after all.
      if (error instanceof ExchangeFailed && error.stale) return exchange.send(signed);
      throw error;
    }
  }

  #signature(request: HttpRequest): Readonly<Record<string, string>> {
    const { hmac } = this.#settings;
    return hmac === undefined ? {} : signatureOf(request, hmac, this.#ports.now());
  }
}

/** @throws IkkeUdfoert where the command can't be written: asking again would not help. */
function written(command: Command): string {
  try {
    return writeCommand(command);
  } catch (error) {
    if (!(error instanceof WireProblem)) throw error;
    throw new IkkeUdfoert(`kommandoen overholder ikke command.schema.json: ${error.message}`, { forbigaaende: false });
  }
}

/** What the answer's body says; undefined where it is none of what the schema knows. */
function said({ body }: HttpAnswer): UdfaldBesked | undefined {
  try {
    return readUdfald(body);
  } catch (error) {
    if (error instanceof WireProblem) return undefined;
    throw error;
  }
}

/** An encoding is the one fault of an answer that is not seen by looking at it. */
function unreadable({ body }: HttpAnswer): string {
  return `uden et læseligt udfald${isUtf8(body) ? '' : ': det er ikke UTF-8'}`;
}

/** 501 says that it does not know the command: it is well. */
function isUnwell(answer: HttpAnswer): boolean {
  return answer.status >= 500 && answer.status !== 501 && said(answer) === undefined;
}

const MEANT_BY_STATUS: ReadonlyMap<number, ReadonlySet<UdfaldBesked['art']>> = new Map([
  [200, new Set(['udfoert', 'accepteretTilSenere', 'afvist'] as const)],
  [202, new Set(['accepteretTilSenere'] as const)],
  [409, new Set(['afvist'] as const)],
  [422, new Set(['afvist'] as const)],
]);

/**
 * @throws IkkeUdfoert where nothing was carried out for certain, Error where the answer leaves it open.
 */
function udfaldOf(answer: HttpAnswer): Udfald {
  const { status } = answer;
  const udfald = said(answer);
  if (udfald?.art === 'ikkeUdfoert') {
    const { aarsag = `HTTP ${status}`, forbigaaende } = udfald;
    throw new IkkeUdfoert(aarsag, { forbigaaende });
  }
  if (status === 400 || status === 501) {
    throw new IkkeUdfoert(`debitorsystemet forstår ikke kommandoen (HTTP ${status})`, { forbigaaende: false });
  }
  if (udfald === undefined || udfald.art === 'aldrigSet' || MEANT_BY_STATUS.get(status)?.has(udfald.art) !== true) {
    throw new Error(`HTTP ${status} ${udfald === undefined ? unreadable(answer) : `med art ${udfald.art}`}`);
  }
  return udfald;
}
