/**
 * svar reported by a person, where the debitorsystem can't: by telephone or on paper it has said what became of an anmodning
 * that it had accepted for later. The rules are those of every route (`report-svar.ts`).
 */
import { SVAR_REFUSALS, svarReportOf } from '../anmodninger/debitorkontoanmodning/svar.ts';
import { parseReportedSvar } from '../debitorsystem/udfald-contract.ts';
import type { FagsystemId } from '../domain/identer.ts';
import type { Svar } from '../domain/udfald.ts';
import { type Fejlkoder, fejl } from '../errors.ts';
import type { ByHand, Interventions } from '../ledger/interventions.ts';
import type { Answer, MessageRow } from '../ledger/ledger.ts';
import { compose } from './compose.ts';
import type { World } from './observe.ts';

/** What a svar came to. */
export type SvarReported =
  /** `same`: it was recorded before, and nothing is sent again. `shown`: it would be recorded; nothing was changed. */
  | { readonly verdict: 'recorded' | 'same' | 'shown'; readonly answers: readonly Answer[] }
  | { readonly verdict: 'refused'; readonly kode: Fejlkoder; readonly problem: string }
  | { readonly verdict: 'impossible'; readonly problem: string };

type GivenSvar = Omit<Svar, 'tid'>;

/** The svar as a debitorsystem would have reported it, decided now; or what is wrong with it. */
function checked(svar: GivenSvar, tid: number): Svar | string {
  try {
    return parseReportedSvar({ ...svar, tid });
  } catch (error) {
    if (error instanceof TypeError) return `Svaret kan ikke bruges: ${error.message}`;
    throw error;
  }
}

/** @param by undefined: it is only judged, and nothing is recorded. */
export async function reportSvarByHand(
  { seq, id, sender }: Pick<MessageRow, 'seq' | 'id' | 'sender'>,
  given: GivenSvar,
  by: ByHand | undefined,
  { ledger, world }: { readonly ledger: Pick<Interventions, 'reportSvar'>; readonly world: World },
): Promise<SvarReported> {
  const at = world.now();
  const svar = checked(given, at);
  if (typeof svar === 'string') return { verdict: 'impossible', problem: svar };
  const report = svarReportOf({ svar, anmodningId: id, fagsystem: sender as FagsystemId, at }, compose);
  let modtaget: Answer | undefined;
  let written: Answer | undefined;
  const verdict = await ledger.reportSvar({
    seq,
    decision: svar.status,
    by,
    report: {
      ...report,
      write(subject) {
        written = report.write(subject);
        return written;
      },
      writeModtaget(subject) {
        const settled = report.writeModtaget(subject);
        modtaget = settled.answer;
        return settled;
      },
    },
  });
  if (verdict === 'recorded') {
    const answers = [modtaget, written].filter((answer) => answer !== undefined);
    return { verdict: by === undefined ? 'shown' : 'recorded', answers };
  }
  if (verdict === 'same') return { verdict, answers: [] };
  const kode = SVAR_REFUSALS[verdict];
  return { verdict: 'refused', kode, problem: fejl(kode).tekst };
}
