/** The backend `http` in front of a debitorsystem that the test decides about: one of ours, or a server that misbehaves. */
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { HttpConfig } from '../../src/debitorsystem/backends/http/config.ts';
import type { Debitorsystem, DebitorsystemPorts } from '../../src/debitorsystem/debitorsystem.ts';
import { createDebitorsystem, loadDebitorsystem } from '../../src/debitorsystem/load.ts';
import type { Tls } from '../support/http-debitorsystem.ts';

export const SECRET = 'en hemmelighed på over 32 tegn, kun til test';

export interface HttpScene {
  readonly backend: Debitorsystem;
  readonly logged: readonly { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
  /** Where it listens for svar. */
  readonly svarUrl: string;
}

/** The backend with this configuration, started; stopped when the test ends. */
export async function startHttpBackend(
  config: HttpConfig,
  reportSvar: DebitorsystemPorts['reportSvar'] = async () => ({ art: 'modtaget' }),
): Promise<HttpScene> {
  const logged: { event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const loaded = await loadDebitorsystem('http', config, { baseDir: import.meta.dirname });
  const backend = await createDebitorsystem(loaded, {
    now: () => Date.now(),
    log: (event, fields) => logged.push({ event, fields }),
    reportSvar,
  });
  await backend.start?.();
  onTestFinished(async () => backend.stop?.());
  const listening = logged.find(({ event }) => event === 'http.svar-listening');
  return { backend, logged, svarUrl: String(listening?.fields['url'] ?? '') };
}

export interface RawServer {
  readonly url: string;
  /** Every connection that came, with what it has received. */
  readonly connections: readonly Socket[];
  /** Whole requests that were read. */
  requests(): number;
  lastRequest(): string;
  onConnection(listener: (socket: Socket) => void): void;
  close(): Promise<void>;
}

/** Speaks whatever the test says, once a whole request is there. */
export async function startRawServer(
  onRequest: (socket: Socket, request: string) => void,
  port = 0,
): Promise<RawServer> {
  const connections: Socket[] = [];
  const requests: string[] = [];
  const server: Server = createServer((socket) => {
    let text = '';
    connections.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      text += data.toString('latin1');
      const length = /content-length: ([0-9]+)/i.exec(text)?.[1] ?? '0';
      const head = text.indexOf('\r\n\r\n');
      if (head < 0 || text.length < head + 4 + Number(length)) return;
      requests.push(text);
      text = '';
      onRequest(socket, requests.at(-1) ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    for (const socket of connections) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    requests: () => requests.length,
    lastRequest: () => requests.at(-1) ?? '',
    onConnection: (listener) => server.on('connection', listener),
    close,
  };
}

/** A response as bytes on the wire. */
export function response(status: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ 'Content-Type': 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `HTTP/1.1 ${status} X\r\n${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Below what the system gives to connections that go out, which would take such a port between its choice and its use. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

/** A port where nobody listens. */
export async function closedPort(): Promise<number> {
  const port = FIRST_PORT + randomInt(PORTS);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return closedPort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface TestCa {
  readonly folder: string;
  readonly caFile: string;
  /** Files of a certificate for this name, valid for 127.0.0.1, by the test's CA. */
  issue(name: string): { readonly certFile: string; readonly keyFile: string };
  tls(name: string): Tls;
}

/** A CA of the test's own in a folder. */
export function createTestCa(folder: string): TestCa {
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  };
  const key = (name: string): string[] => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    `${name}.key`,
  ];
  openssl('req', '-x509', ...key('ca'), '-out', 'ca.pem', '-days', '2', '-subj', '/CN=test-ca');
  writeFileSync(join(folder, 'san.ext'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const issue: TestCa['issue'] = (name) => {
    openssl('req', ...key(name), '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'san.ext'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`);
    return { certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) };
  };
  return {
    folder,
    caFile: join(folder, 'ca.pem'),
    issue,
    tls(name) {
      const { certFile, keyFile } = issue(name);
      const read = (path: string): string => readFileSync(path, 'utf8');
      return { cert: read(certFile), key: read(keyFile), ca: read(join(folder, 'ca.pem')) };
    },
  };
}
