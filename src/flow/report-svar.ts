/**
 * svar reported → recorded with its message → published after the MODTAGET is confirmed. The port that a backend inside the
 * process reports through; a svar in XML comes the way of every message (`read.ts`) and meets the same rules.
 */
import { SVAR_REFUSALS, svarReportOf } from '../anmodninger/debitorkontoanmodning/svar.ts';
import type { DebitorsystemPorts, SvarReceipt } from '../debitorsystem/debitorsystem.ts';
import { parseReportedSvar } from '../debitorsystem/udfald-contract.ts';
import type { FagsystemId } from '../domain/identer.ts';
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
function fagsystemOf(noegle: string | undefined): FagsystemId | undefined {
  return noegle?.split(':')[1] as FagsystemId | undefined;
}

export function createSvarPort(options: SvarPortOptions): DebitorsystemPorts['reportSvar'] {
  const { ledger, world, observe } = options;
  return async (reference, svar): Promise<SvarReceipt> => {
    const anmodningId = reference.anmodningIdentifikator;
    const fagsystem = fagsystemOf(reference.noegle);
    const reported = { svar: parseReportedSvar(svar), anmodningId, at: world.now() };
    const report = svarReportOf(fagsystem === undefined ? reported : { ...reported, fagsystem }, compose);
    const recorded = await ledger.reportSvar(report, options.capacity());
    options.publish(recorded.answers);
    options.dispatch(recorded.claims);
    const { verdict } = recorded;
    if (verdict === 'recorded' || verdict === 'same') {
      observe('svar.recorded', { anmodningId, verdict });
      return { art: 'modtaget' };
    }
    const kode = SVAR_REFUSALS[verdict];
    observe('svar.refused', { anmodningId, kode });
    return { art: 'afvist', kode };
  };
}
