/** `uleveret redeliver`: answers that no queue was bound for are tried again now, and not within the next minute. */
import type { Outcome } from '../terminal.ts';
import { refused, withDesk } from './desk-choice.ts';
import type { LedgerChoice } from './read-ledger.ts';

/** @param answerId one of them; all where left out. */
export function redeliver(answerId: number | undefined, choice: LedgerChoice): Promise<Outcome> {
  return withDesk(choice, async (desk) => {
    const antal = await desk.redeliver(answerId);
    if (antal === 0 && answerId !== undefined) return refused(`Intet uleveret svar har nr. ${answerId}.`);
    const text =
      antal === 0
        ? 'Alle svar er leveret.'
        : `${antal} svar forsøges afleveret nu; er der stadig ingen kø, står de igen i uleveret list.`;
    return { exit: 'ok', json: { antal }, text: `${text}\n` };
  });
}
