/** What commands by which a person changes something have in common: the ledger, who it is, and which anmodning is meant. */
import { readSetting } from '../../config.ts';
import { scrub } from '../../domain/cpr.ts';
import type { Desk } from '../../flow/desk.ts';
import type { ByHand } from '../../ledger/interventions.ts';
import type { Answer, MessageRow } from '../../ledger/ledger.ts';
import { openDesk } from '../../main.ts';
import { summaryOf } from '../answer-text.ts';
import { type Outcome, UsageError } from '../terminal.ts';
import type { LedgerChoice } from './read-ledger.ts';

export interface PersonChoice extends LedgerChoice {
  /** Who decides; required where something is changed. */
  readonly hvem?: string;
  /** Why, and what they know. */
  readonly hvorfor?: string;
}

const MAX_HVEM = 100;
const MAX_HVORFOR = 500;
/** A line of the history holds one line. */
const BREAKS = /\s+/g;

function textOf(option: string, given: string | undefined, max: number): string {
  const text = scrub((given ?? '').replace(BREAKS, ' ').trim());
  if (text === '') throw new UsageError(`Der mangler et valg: ${option}. Det står i historikken.`);
  if (text.length > max) throw new UsageError(`${option} må højst være ${max} tegn.`);
  return text;
}

/** @throws UsageError where who or why is missing. */
export function byHand({ hvem, hvorfor }: PersonChoice): ByHand {
  return { hvem: textOf('--hvem', hvem, MAX_HVEM), hvorfor: textOf('--hvorfor', hvorfor, MAX_HVORFOR) };
}

/** @throws LedgerUnavailable, SchemaError, ConfigurationError, and whatever `work` throws. */
export async function withDesk<Result>(choice: LedgerChoice, work: (desk: Desk) => Promise<Result>): Promise<Result> {
  const desk = await openDesk(readSetting('ADAPTER_LEDGER_URL', choice.ledger) ?? '');
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

/** The anmodninger that an id means: those that came first under it. A TransaktionsId can mean several. */
export async function anmodningerOf(desk: Desk, id: string, fagsystem?: string): Promise<readonly MessageRow[]> {
  const asGiven = await desk.history(id);
  // The ledger keeps UUIDs in lower case.
  const found = asGiven.length > 0 ? asGiven : await desk.history(id.toLowerCase());
  return found
    .map(({ message }) => message)
    .filter(({ kind, first, sender }) => kind !== 'svar' && first && (fagsystem ?? sender) === sender);
}

/** How a command asks for a narrower id. */
export function whichOf(rows: readonly MessageRow[]): UsageError {
  const known = rows.map(({ sender, id }) => `  --fagsystem ${sender} ${id}`).join('\n');
  return new UsageError(`Flere anmodninger kan være ment; angiv AnmodningIdentifikator og --fagsystem:\n${known}`);
}

/** An answer as people are shown it. */
export function shownAnswer({ art, routingKey, messageId, kode, body }: Answer) {
  return { art, kode, routingKey, messageId, xml: summaryOf({ kode, body }).xml };
}

/** The ledger, or the anmodning, says no. */
export function refused(text: string): Outcome {
  return { exit: 'problems', json: { fejl: [text] }, text: `${text}\n` };
}
