/**
 * The process in which the kit runs a backend's module, so that it can be killed. Started by `child-process.ts`; ends with
 * the kit.
 */
import { decodeCommand } from '../../domain/command.ts';
import type { IdempotencyKey } from '../../domain/identer.ts';
import type { Debitorsystem, DebitorsystemPorts, SvarReceipt } from '../debitorsystem.ts';
import { createDebitorsystem, loadDebitorsystem } from '../load.ts';
import { isIkkeUdfoert } from '../udfald-contract.ts';
import { type FromHost, parseToHost, type ThrownError, type ToHost } from './wire.ts';

type Execute = Extract<ToHost, { art: 'execute' }>;

let backend: Debitorsystem | undefined;
let reports = 0;
const underWay = new Map<number, AbortController>();
const receipts = new Map<number, (receipt: SvarReceipt | { readonly art: 'kastet' }) => void>();

function say(message: FromHost): void {
  process.send?.(message);
}

const ports: DebitorsystemPorts = {
  now: () => Date.now(),
  log: (event, fields) => say({ art: 'log', event, fields }),
  async reportSvar(reference, svar) {
    reports += 1;
    const id = reports;
    const receipt = await new Promise<SvarReceipt | { readonly art: 'kastet' }>((resolve) => {
      receipts.set(id, resolve);
      say({ art: 'svar', id, reference, svar });
    });
    if (receipt.art === 'kastet') throw new Error('svaret kunne ikke bogføres');
    return receipt;
  },
};

function thrownOf(error: unknown): ThrownError {
  if (isIkkeUdfoert(error)) {
    return { name: error.name, message: String(error.message), forbigaaende: error.forbigaaende };
  }
  return error instanceof Error
    ? { name: String(error.name), message: String(error.message) }
    : { name: typeof error, message: `kastede ${typeof error}` };
}

function opened(): Debitorsystem {
  if (backend === undefined) throw new Error('er ikke åbnet');
  return backend;
}

async function open({ name, config, baseDir }: Extract<ToHost, { art: 'open' }>): Promise<void> {
  backend = await createDebitorsystem(await loadDebitorsystem(name, config, { baseDir }), ports);
  await backend.start?.();
}

async function execute({ id, command, deadline, attempt, isAborted }: Execute): Promise<unknown> {
  const controller = new AbortController();
  if (isAborted) controller.abort();
  underWay.set(id, controller);
  try {
    return await opened().execute(decodeCommand(command), { signal: controller.signal, deadline, attempt });
  } finally {
    underWay.delete(id);
  }
}

async function carryOut(message: ToHost): Promise<unknown> {
  switch (message.art) {
    case 'open':
      return open(message);
    case 'execute':
      return execute(message);
    case 'lookup':
      return opened().lookup?.(message.noegle as IdempotencyKey, new AbortController().signal);
    case 'health':
      return opened().health?.();
    case 'stop':
      return opened().stop?.();
    default:
      return undefined;
  }
}

async function answer(message: ToHost): Promise<void> {
  const { id } = message;
  try {
    say({ art: 'done', id, value: await carryOut(message) });
  } catch (error) {
    say({ art: 'failed', id, error: thrownOf(error) });
  }
}

process.on('message', (given) => {
  const message = parseToHost(given);
  if (message.art === 'abort') underWay.get(message.id)?.abort();
  else if (message.art === 'receipt') {
    receipts.get(message.id)?.(message.receipt);
    receipts.delete(message.id);
  } else void answer(message);
});
// The kit has gone: nothing of a backend under test may live on.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
