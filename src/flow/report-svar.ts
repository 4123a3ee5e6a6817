/**
 * svar reported → recorded with its message → published after the MODTAGET is confirmed. The port that a backend inside the
 * process reports through; a svar in a message comes the way of every message (`read.ts`) and meets the same rules.
 */
import { SVAR_REFUSALS, svarReportOf } from '../anmodninger/debitorkontoanmodning/svar.ts';
import type { DebitorsystemPorts, SvarReceipt, SvarReference } from '../debitorsystem/debitorsystem.ts';
import { parseReportedSvar, parseSvarReference } from '../debitorsystem/udfald-contract.ts';
import type { FagsystemId } from '../domain/identer.ts';
import type { Svar } from '../domain/udfald.ts';
import type { Capacity, Claim, Ledger, OutboxAnswer } from '../ledger/ledger.ts';
import { compose } from './compose.ts';
import type { Observe, World } from './observe.ts';

export interface SvarPortOptions {
  readonly ledger: Ledger;
  readonly world: World;
  readonly observe: Observe;
  readonly publish: (answers: readonly OutboxAnswer[]) => void;
  /** What the svar frees may be dispatched at once, within this. */
  readonly capacity: () => Capacity;
  readonly dispatch: (claims: readonly Claim[]) => void;
}

/** The fagsystem that a key of `domain/command.ts` names: its second part. */
export function fagsystemOf(noegle: string | undefined): FagsystemId | undefined {
  return noegle?.split(':')[1] as FagsystemId | undefined;
}

export function createSvarPort(options: SvarPortOptions): DebitorsystemPorts['reportSvar'] {
  const { ledger, world, observe } = options;

  /** What a backend gave, or a TypeError that operations hear of too. */
  function parsed(reference: unknown, svar: unknown): { readonly reference: SvarReference; readonly svar: Svar } {
    try {
      return { reference: parseSvarReference(reference), svar: parseReportedSvar(svar) };
    } catch (error) {
      const problem = error instanceof TypeError ? error.message : 'svaret kan ikke læses';
      observe('backend.misbehaved', { problem });
      throw error;
    }
  }

  async function report(givenReference: unknown, givenSvar: unknown): Promise<SvarReceipt> {
    const { reference, svar } = parsed(givenReference, givenSvar);
    try {
      return await recorded(reference, svar);
    } catch (error) {
      // To a backend a TypeError says that its svar is none, and that it is not to be reported again: not for a fault of ours.
      if (!(error instanceof TypeError)) throw error;
      throw new Error('svaret kunne ikke bogføres nu: en fejl i adapteren', { cause: error });
    }
  }

  async function recorded(reference: SvarReference, svar: Svar): Promise<SvarReceipt> {
    const anmodningId = reference.anmodningIdentifikator;
    const fagsystem = fagsystemOf(reference.noegle);
    const reported = { svar, anmodningId, at: world.now() };
    const composed = svarReportOf(fagsystem === undefined ? reported : { ...reported, fagsystem }, compose);
    const { verdict, answers, claims } = await ledger.reportSvar(composed, options.capacity());
    options.publish(answers);
    options.dispatch(claims);
    if (verdict === 'recorded' || verdict === 'same') {
      observe('svar.recorded', { anmodningId, verdict });
      return { art: 'modtaget' };
    }
    const kode = SVAR_REFUSALS[verdict];
    observe('svar.refused', { anmodningId, kode });
    return { art: 'afvist', kode };
  }

  return (reference, svar) => {
    const receipt = report(reference, svar);
    // A backend that does not wait for the receipt must not end the process with a rejection that nobody looks at.
    receipt.catch(() => undefined);
    return receipt;
  };
}
