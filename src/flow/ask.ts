/**
 * Asks a debitorsystem to carry out one command, and turns whatever comes back into an outcome. Nothing that a backend does
 * can throw out of here: an answer that breaks the contract, a late one, or none, is an unknown outcome (promise 5).
 */

import type { Capabilities, Debitorsystem } from '../debitorsystem/debitorsystem.ts';
import { isIkkeUdfoert, reasonOf, udfaldProblem } from '../debitorsystem/udfald-contract.ts';
import type { Command } from '../domain/command.ts';
import type { DispatchOutcome } from '../domain/udfald.ts';
import type { Claim } from '../ledger/ledger.ts';
import type { Observe, World } from './observe.ts';

export interface AskOptions {
  readonly backend: Debitorsystem;
  readonly capabilities: Capabilities;
  /** So long an answer is waited for; then the outcome is unknown. */
  readonly timeoutMs: number;
  /** Aborted at shutdown: what is unanswered then is unknown. */
  readonly stopping: AbortSignal;
  /** Whether the claim is certainly still this adapter's. */
  readonly mayAsk: () => boolean;
  readonly world: World;
  readonly observe: Observe;
}

/** Names the kind of an error without its text, which could hold a value of the message. A backend can name it anything. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return `kastede ${typeof error}`;
  const name: unknown = error.name;
  return typeof name === 'string' ? reasonOf(name) : 'Error';
}

function checked(answered: unknown, command: Command, observe: Observe): DispatchOutcome {
  const result = udfaldProblem(answered, command);
  if (typeof result !== 'string') return result;
  observe('backend.misbehaved', { problem: result, noegle: command.noegle });
  return { art: 'ukendt', aarsag: `debitorsystemet svarede uden for kontrakten: ${result}` };
}

function thrown(error: unknown): DispatchOutcome {
  try {
    if (isIkkeUdfoert(error)) {
      return { art: 'ikkeUdfoert', forbigaaende: error.forbigaaende, aarsag: reasonOf(error.message) };
    }
    return { art: 'ukendt', aarsag: `debitorsystemet fejlede: ${kindOf(error)}` };
  } catch {
    // Even to look at what was thrown can throw.
    return { art: 'ukendt', aarsag: 'debitorsystemet fejlede' };
  }
}

export interface Asked {
  readonly outcome: DispatchOutcome;
  /** Whether an earlier attempt is still in doubt: a look-up that knows nothing of the key has cleared it. */
  readonly inDoubt: boolean;
}

export async function ask(claim: Claim, options: AskOptions): Promise<Asked> {
  const { backend, capabilities, timeoutMs, stopping, world, observe } = options;
  const { command } = claim;
  if (claim.inDoubt && !capabilities.idempotent && !capabilities.opslag) {
    // Claimed under a backend that could have settled it, which this one can't: asking would be doing it again.
    return { outcome: { art: 'ukendt', aarsag: 'debitorsystemet kan ikke sige, hvad der skete' }, inDoubt: true };
  }
  const controller = new AbortController();
  const deadline = world.now() + timeoutMs;
  let timer: NodeJS.Timeout | undefined;
  let inDoubt = claim.inDoubt;
  let onStopping: () => void = () => undefined;
  const late = new Promise<DispatchOutcome>((resolve) => {
    const giveUp = (aarsag: string): void => {
      resolve({ art: 'ukendt', aarsag });
      controller.abort(new Error(aarsag));
    };
    timer = setTimeout(() => giveUp(`debitorsystemet svarede ikke inden ${timeoutMs} ms`), timeoutMs);
    onStopping = () => giveUp('adapteren blev stoppet, mens debitorsystemet blev spurgt');
    stopping.addEventListener('abort', onStopping, { once: true });
    if (stopping.aborted) onStopping();
  });

  async function answer(): Promise<DispatchOutcome> {
    try {
      // One that recognises a repeated key is simply asked again; one that can only be asked what happened is asked that.
      if (claim.inDoubt && !capabilities.idempotent && backend.lookup !== undefined) {
        const found = await backend.lookup(command.noegle, controller.signal);
        if (found !== undefined) return checked(found, command, observe);
        // The outcome is settled as unknown by now, and the next claim may be under way: doing it here would be twice.
        if (controller.signal.aborted || !options.mayAsk())
          return { art: 'ukendt', aarsag: 'opslaget blev besvaret for sent' };
        inDoubt = false;
      }
      const { traceparent } = claim.properties;
      const context = { signal: controller.signal, deadline, attempt: claim.asked };
      const answered = await backend.execute(
        command,
        traceparent === undefined ? context : { ...context, traceparent },
      );
      return checked(answered, command, observe);
    } catch (error) {
      return thrown(error);
    }
  }

  try {
    const outcome = await Promise.race([answer(), late]);
    return { outcome, inDoubt };
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', onStopping);
  }
}
