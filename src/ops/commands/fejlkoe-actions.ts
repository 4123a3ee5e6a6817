/**
 * `fejlkoe replay` and `fejlkoe discard`: what a person does about entries of the fejlkø, one by its number or all of a
 * cause. More than one is only shown until it is said twice.
 */
import { loadConfig } from '../../config.ts';
import type { Desk } from '../../flow/desk.ts';
import type { Replayed } from '../../flow/replay.ts';
import type { FejlkoeRow } from '../../ledger/ledger.ts';
import { loadRulebook } from '../../rulebook.ts';
import { instantText } from '../status-lists.ts';
import { textTable } from '../table.ts';
import { type Outcome, type Terminal, UsageError } from '../terminal.ts';
import { byHand, type PersonChoice, refused, withDesk } from './desk-choice.ts';
import { firstRows } from './read-ledger.ts';

export interface FejlkoeActionChoice extends PersonChoice {
  /** All open entries with this code. */
  readonly kode?: string;
  /** Do it, also to more than one. */
  readonly udfoer?: true;
  /** Only show, also where it is one. */
  readonly vis?: true;
}

/** How often progress is shown to somebody who looks. */
const PROGRESS_EVERY = 50;

/** Most that one command takes on; what is left is there for the next. */
const MAX_SELECTED = 100_000;

async function openEntry(desk: Desk, id: number): Promise<FejlkoeRow> {
  const entry = await desk.fejlkoeRaw(id);
  if (entry === undefined || entry.closed !== undefined) throw new UsageError(`Nr. ${id} er ikke åben i fejlkøen.`);
  return entry.row;
}

/** The open entries that are meant. */
async function selected(desk: Desk, ids: readonly number[], kode: string | undefined): Promise<readonly FejlkoeRow[]> {
  if ((ids.length === 0) === (kode === undefined)) throw new UsageError('Angiv enten numre eller --kode.');
  if (kode === undefined) return Promise.all([...new Set(ids)].map((id) => openEntry(desk, id)));
  const open = await firstRows<FejlkoeRow>(
    MAX_SELECTED,
    ({ id }) => id,
    (page) => desk.fejlkoe(page),
  );
  return open.filter((row) => row.kode === kode);
}

/** Whether it is to be done, or only to be shown what would be. */
function isMeant({ udfoer, vis }: FejlkoeActionChoice, count: number): boolean {
  if (udfoer === true && vis === true) throw new UsageError('--vis og --udfoer udelukker hinanden.');
  return udfoer === true || (vis !== true && count === 1);
}

const ONLY_SHOWN = 'Intet er ændret; tilføj --udfoer for at gøre det.\n';

function resultText(replayed: Replayed): string {
  switch (replayed.art) {
    case 'dispatch':
      return 'sendes til debitorsystemet';
    case 'answer':
      return `besvares ${replayed.kode}`;
    case 'svar':
      return `svar fra debitorsystemet, kvitteret ${replayed.kode}`;
    case 'repeat':
      return 'modtaget før: det samme svar sendes igen';
    case 'nothing':
      return 'modtaget før: der er intet at sende';
    case 'fejlkoe':
      return `bliver i fejlkøen: ${replayed.kode} ${replayed.aarsag}`;
    case 'unroutable':
      return 'bliver i fejlkøen: dens routing key hører ikke til nogen kø';
    case 'notOpen':
      return 'er lukket af en anden';
  }
}

const STAYS: ReadonlySet<Replayed['art']> = new Set(['fejlkoe', 'unroutable', 'notOpen']);

/** Shows how far a long run is to somebody who looks. */
function progress(terminal: Terminal, count: number, of: number): void {
  if (terminal.interactive && count % PROGRESS_EVERY === 0) terminal.err(`\r${count} af ${of} …`);
  if (terminal.interactive && count === of && of >= PROGRESS_EVERY) terminal.err('\r                    \r');
}

export async function fejlkoeReplay(
  ids: readonly number[],
  choice: FejlkoeActionChoice,
  terminal: Terminal,
): Promise<Outcome> {
  const overrides = choice.ledger === undefined ? {} : { ADAPTER_LEDGER_URL: choice.ledger };
  // The rules are the running adapter's, so all its settings must be there.
  const config = loadConfig(undefined, overrides);
  const options = {
    rulebook: loadRulebook(config),
    requireUserId: config.ADAPTER_REQUIRE_USER_ID,
    maxMessageBytes: config.ADAPTER_MAX_MESSAGE_BYTES,
  };
  return withDesk(choice, async (desk) => {
    const rows = await selected(desk, ids, choice.kode);
    const by = isMeant(choice, rows.length) ? byHand(choice) : undefined;
    const replay = desk.replayer(options);
    const results: { readonly nr: number; readonly resultat: string; readonly art: Replayed['art'] }[] = [];
    for (const { id } of rows) {
      const entry = await desk.fejlkoeRaw(id);
      const replayed: Replayed = entry === undefined ? { art: 'notOpen' } : await replay(entry, by);
      results.push({ nr: id, resultat: resultText(replayed), art: replayed.art });
      progress(terminal, results.length, rows.length);
    }
    const columns = [{ title: 'nr.', right: true }, { title: by === undefined ? 'ville blive' : 'resultat' }] as const;
    const cells = results.map(({ nr, resultat }) => [String(nr), resultat]);
    const table = textTable(columns, cells, 'Der er ingen at afspille.');
    return {
      exit: results.some(({ art }) => STAYS.has(art)) ? 'problems' : 'ok',
      json: { udfoert: by !== undefined, meddelelser: results },
      text: `${table}${by === undefined && rows.length > 0 ? ONLY_SHOWN : ''}`,
    };
  });
}

export function fejlkoeDiscard(ids: readonly number[], choice: FejlkoeActionChoice): Promise<Outcome> {
  return withDesk(choice, async (desk) => {
    const rows = await selected(desk, ids, choice.kode);
    if (!isMeant(choice, rows.length)) {
      const columns = [
        { title: 'nr.', right: true },
        { title: 'modtaget' },
        { title: 'kode' },
        { title: 'årsag' },
      ] as const;
      const cells = rows.map(({ id, receivedAt, kode, aarsag }) => [String(id), instantText(receivedAt), kode, aarsag]);
      const table = textTable(columns, cells, 'Der er ingen at kassere.');
      const numre = rows.map(({ id }) => id);
      return {
        exit: 'ok',
        json: { udfoert: false, antal: rows.length, numre },
        text: `${table}${rows.length > 0 ? ONLY_SHOWN : ''}`,
      };
    }
    const numre = rows.map(({ id }) => id);
    const antal = await desk.discard(numre, byHand(choice));
    if (antal < rows.length) return refused(`${antal} er kasseret; resten var lukket af en anden.`);
    return { exit: 'ok', json: { udfoert: true, antal, numre }, text: `${antal} kasseret.\n` };
  });
}
