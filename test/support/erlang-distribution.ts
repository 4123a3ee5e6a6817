/**
 * The network between Erlang nodes on one machine, so that it can be parted: an epmd of our own, which sends whoever asks
 * for a node to a proxy in front of it. The proxy reads who comes from the first message of the handshake, so that each
 * pair of nodes can be cut off from each other. It changes no byte. What is no node, such as rabbitmqctl, always passes.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const ALIVE2_REQ = 120;
const PORT_PLEASE2_REQ = 122;
const NAMES_REQ = 110;
const ALIVE2_X_RESP = 118;
const PORT2_RESP = 119;
const LENGTH_BYTES = 2;
const ORDINARY_NODE = 77;

interface Registration {
  readonly name: string;
  readonly port: number;
  /** Node type, protocol, highest and lowest version, as it registered. */
  readonly kind: Buffer;
  readonly proxy: Server;
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly client: Socket;
  readonly node: Socket;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The name of the node that begins a handshake, without its host; undefined where the message is not whole yet. */
function nameOfCaller(data: Buffer): string | undefined {
  if (data.length < LENGTH_BYTES) return undefined;
  const length = data.readUInt16BE(0);
  if (data.length < LENGTH_BYTES + length) return undefined;
  const message = data.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  // 'N': tag, flags (8), creation (4), length of the name (2). 'n', the older one: tag, version (2), flags (4).
  const name = message[0] === 0x4e ? message.subarray(15, 15 + message.readUInt16BE(13)) : message.subarray(7);
  return name.toString('latin1').split('@')[0];
}

function hold({ client, node }: Pair): void {
  client.pause();
  node.pause();
}

export class ErlangDistribution {
  /** Where the nodes look for each other: ERL_EPMD_PORT. */
  readonly epmdPort: number;
  readonly #epmd: Server;
  readonly #registered = new Map<string, Registration>();
  readonly #sockets = new Set<Socket>();
  readonly #pairs = new Set<Pair>();
  /** Nodes that are cut off, without their hosts: nothing passes between one of them and one that is not among them. */
  #apart: ReadonlySet<string> = new Set();

  static async open(): Promise<ErlangDistribution> {
    const epmd = createServer({ noDelay: true });
    return new ErlangDistribution(epmd, await listening(epmd));
  }

  private constructor(epmd: Server, epmdPort: number) {
    this.#epmd = epmd;
    this.epmdPort = epmdPort;
    epmd.on('connection', (socket) => this.#answer(socket));
  }

  /**
   * Cuts nodes off from all others, until {@link heal}: nothing passes, and nobody is told, as where a cable is pulled.
   * @param nodes as in `name@host`.
   */
  part(nodes: readonly string[]): void {
    this.#apart = new Set(nodes.map((node) => node.split('@')[0] ?? node));
    for (const pair of this.#pairs) if (this.#isCut(pair)) hold(pair);
  }

  /** What was held back passes now, as it does when a cable is put back; what has been given up meanwhile ends. */
  heal(): void {
    this.#apart = new Set();
    for (const { client, node } of this.#pairs) {
      client.resume();
      node.resume();
    }
  }

  async close(): Promise<void> {
    for (const { proxy } of this.#registered.values()) proxy.close();
    this.#epmd.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#epmd, 'close');
  }

  #isCut({ from, to }: Pick<Pair, 'from' | 'to'>): boolean {
    // Who only asks, such as rabbitmqctl, is hidden from the others, and on no side.
    const areNodes = [from, to].every((name) => this.#registered.get(name)?.kind[0] === ORDINARY_NODE);
    return areNodes && this.#apart.has(from) !== this.#apart.has(to);
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    return socket;
  }

  /** One question on a connection of its own; a registration lasts as long as its connection. */
  #answer(socket: Socket): void {
    this.#keep(socket);
    let data: Buffer = Buffer.alloc(0);
    const onData = (more: Buffer): void => {
      data = Buffer.concat([data, more]);
      if (data.length < LENGTH_BYTES || data.length < LENGTH_BYTES + data.readUInt16BE(0)) return;
      socket.off('data', onData);
      socket.resume();
      const request = data.subarray(LENGTH_BYTES, LENGTH_BYTES + data.readUInt16BE(0));
      switch (request[0]) {
        case ALIVE2_REQ:
          void this.#register(socket, request);
          break;
        case PORT_PLEASE2_REQ:
          socket.end(this.#portOf(request.subarray(1).toString('latin1')));
          break;
        case NAMES_REQ:
          socket.end(this.#names());
          break;
        default:
          socket.end();
      }
    };
    socket.on('data', onData);
  }

  async #register(socket: Socket, request: Buffer): Promise<void> {
    const port = request.readUInt16BE(1);
    const name = request.subarray(11, 11 + request.readUInt16BE(9)).toString('latin1');
    const proxy = createServer({ noDelay: true }, (client) => this.#pass(client, name, port));
    const registration = { name, port, kind: request.subarray(3, 9), proxy };
    await listening(proxy);
    this.#registered.get(name)?.proxy.close();
    this.#registered.set(name, registration);
    socket.on('close', () => {
      if (this.#registered.get(name) !== registration) return;
      this.#registered.delete(name);
      proxy.close();
    });
    // Result 0, and the node's creation: any number that differs from the latest.
    const response = Buffer.from([ALIVE2_X_RESP, 0, 0, 0, 0, 0]);
    response.writeUInt32BE(Math.floor(performance.now()) + 4, 2);
    socket.write(response);
  }

  #portOf(name: string): Buffer {
    const found = this.#registered.get(name);
    if (found === undefined) return Buffer.from([PORT2_RESP, 1]);
    const port = Buffer.alloc(2);
    port.writeUInt16BE((found.proxy.address() as AddressInfo).port);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(name.length);
    return Buffer.concat([Buffer.from([PORT2_RESP, 0]), port, found.kind, length, Buffer.from(name), Buffer.alloc(2)]);
  }

  /** The nodes' own ports: rabbitmq-server compares them with its own. */
  #names(): Buffer {
    const port = Buffer.alloc(4);
    port.writeUInt32BE(this.epmdPort);
    const lines = [...this.#registered.values()].map((one) => `name ${one.name} at port ${one.port}\n`);
    return Buffer.concat([port, Buffer.from(lines.join(''), 'latin1')]);
  }

  /** Holds a caller back until its name is known, and then lets both ends speak. */
  #pass(caller: Socket, to: string, port: number): void {
    const client = this.#keep(caller);
    let data: Buffer = Buffer.alloc(0);
    const onData = (more: Buffer): void => {
      data = Buffer.concat([data, more]);
      const from = nameOfCaller(data);
      if (from === undefined) return;
      client.off('data', onData);
      this.#join({ from, to, client, node: this.#keep(connect({ host: '127.0.0.1', port, noDelay: true })) }, data);
    };
    client.on('data', onData);
  }

  #join(pair: Pair, greeting: Buffer): void {
    const { client, node } = pair;
    this.#pairs.add(pair);
    const forget = (): void => {
      this.#pairs.delete(pair);
    };
    client.on('close', () => {
      forget();
      node.destroy();
    });
    node.on('close', () => {
      forget();
      client.destroy();
    });
    client.on('data', (bytes) => node.write(bytes));
    node.on('data', (bytes) => client.write(bytes));
    // Held back by a cut: the greeting waits here as everything else does.
    if (this.#isCut(pair)) {
      client.unshift(greeting);
      hold(pair);
    } else node.write(greeting);
  }
}
