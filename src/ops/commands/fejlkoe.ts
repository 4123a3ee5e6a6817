/** `fejlkoe list` and `fejlkoe show`: what could not be understood or trusted, and why. */
import type { Instant } from '../../domain/identer.ts';
import { FEJLKODER } from '../../errors.ts';
import type { FejlkoeClosing, FejlkoeRow } from '../../ledger/ledger.ts';
import { maskCpr, textOfMessage } from '../masking.ts';
import { ageText, causesOf, instantText } from '../status-lists.ts';
import { textTable } from '../table.ts';
import type { Outcome } from '../terminal.ts';
import { isoOf, type ListChoice } from './lists.ts';
import { firstRows, type LedgerChoice, withLedger } from './read-ledger.ts';

export interface FejlkoeListChoice extends ListChoice {
  /** By cause instead of one by one. */
  readonly group?: true;
}

/** What a row has room for; `show` tells it all. */
const AARSAG_MAX = 120;

function shortened(aarsag: string): string {
  return aarsag.length <= AARSAG_MAX ? aarsag : `${aarsag.slice(0, AARSAG_MAX - 1)}…`;
}

function entryJson(row: FejlkoeRow): Readonly<Record<string, unknown>> {
  return { ...row, receivedAt: isoOf(row.receivedAt) };
}

function groupedText(rows: readonly FejlkoeRow[], now: Instant): string {
  const columns = [
    { title: 'antal', right: true },
    { title: 'kode' },
    { title: 'ældste', right: true },
    { title: 'fx nr.', right: true },
    { title: 'årsag' },
  ] as const;
  const cells = causesOf(rows).map(({ antal, kode, oldestAt, id, aarsag }) => [
    String(antal),
    kode,
    ageText(now - oldestAt),
    String(id),
    shortened(aarsag),
  ]);
  return textTable(columns, cells, 'Fejlkøen er tom.');
}

function listText(rows: readonly FejlkoeRow[]): string {
  const columns = [
    { title: 'nr.', right: true },
    { title: 'modtaget' },
    { title: 'kø' },
    { title: 'routing key' },
    { title: 'kode' },
    { title: 'set', right: true },
    { title: 'årsag' },
  ] as const;
  const cells = rows.map(({ id, receivedAt, queue, routingKey, kode, seen, aarsag }) => [
    String(id),
    instantText(receivedAt),
    queue,
    routingKey,
    kode,
    String(seen),
    shortened(aarsag),
  ]);
  return textTable(columns, cells, 'Fejlkøen er tom.');
}

export function fejlkoeList(choice: FejlkoeListChoice, now: Instant): Promise<Outcome> {
  return withLedger(choice, async (ledger) => {
    const rows = await firstRows<FejlkoeRow>(
      choice.antal,
      ({ id }) => id,
      (page) => ledger.fejlkoe(page),
    );
    if (choice.group !== true) return { exit: 'ok', json: rows.map(entryJson), text: listText(rows) };
    const json = causesOf(rows).map((cause) => ({ ...cause, oldestAt: isoOf(cause.oldestAt) }));
    return { exit: 'ok', json, text: groupedText(rows, now) };
  });
}

export interface FejlkoeShowChoice extends LedgerChoice {
  /** The message as it was received, CPR numbers included. */
  readonly raw?: true;
}

/** What operations do about a code, from the catalogue. */
function adviceFor(kode: string): string {
  return Object.entries(FEJLKODER).find(([known]) => known === kode)?.[1].drift ?? '';
}

function closingText({ at, decision, hvem, hvorfor }: FejlkoeClosing): string {
  return `${decision} ${instantText(at)} af ${hvem}: ${hvorfor}`;
}

function entryText(row: FejlkoeRow, closed: FejlkoeClosing | undefined, message: string): string {
  const lines = [
    ['nr.', String(row.id)],
    ['kode', row.kode],
    ['årsag', row.aarsag],
    ['gør', adviceFor(row.kode)],
    ['kø', row.queue],
    ['routing key', row.routingKey],
    ['user_id', row.userId ?? 'ikke sat'],
    ['message_id', row.messageId ?? 'ikke sat'],
    ['modtaget', instantText(row.receivedAt)],
    ['set', `${row.seen} gang${row.seen === 1 ? '' : 'e'}`],
    ['størrelse', `${row.bytes} byte`],
    ['tilstand', closed === undefined ? 'åben' : closingText(closed)],
  ] as const;
  return `${lines.map(([navn, value]) => `${`${navn}:`.padEnd(14)}${value}\n`).join('')}\n${message}\n`;
}

const RAW_WARNING =
  'Meddelelsen vises, som den er modtaget, og kan indeholde personoplysninger: del ikke udskriften.\n';

/** The escape sequences of a terminal are no part of a message that a person may be shown. */
const CONTROLS = /[^\P{Cc}\n\t]/gu;

export function fejlkoeShow(id: number, choice: FejlkoeShowChoice): Promise<Outcome> {
  return withLedger(choice, async (ledger) => {
    const found = await ledger.fejlkoeRaw(id);
    if (found === undefined) {
      return { exit: 'problems', json: null, text: `Der er intet nr. ${id} i fejlkøen.\n` };
    }
    const { row, raw, closed } = found;
    const received = textOfMessage(raw).replaceAll('\r\n', '\n');
    const message = choice.raw === true ? received : maskCpr(received).replace(CONTROLS, '\uFFFD');
    const shown = { ...row, routingKey: maskCpr(row.routingKey) };
    return {
      exit: 'ok',
      json: {
        ...entryJson(shown),
        goer: adviceFor(row.kode),
        lukket: closed === undefined ? null : { ...closed, at: isoOf(closed.at) },
        meddelelse: message,
      },
      text: entryText(shown, closed, message),
      ...(choice.raw === true ? { unmasked: true, warning: RAW_WARNING } : {}),
    };
  });
}
