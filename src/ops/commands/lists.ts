/** `status`, `venter`, `i-tvivl list`, `uleveret list`: what the ledger says now, read beside a running adapter. */
import { datoAt } from '../../domain/dato.ts';
import type { Instant } from '../../domain/identer.ts';
import type { AnswerRow, Counts, MessageRow } from '../../ledger/ledger.ts';
import { ageText, instantText, STATE_NAMES } from '../status-lists.ts';
import { textTable } from '../table.ts';
import type { Outcome } from '../terminal.ts';
import { firstRows, type LedgerChoice, withLedger } from './read-ledger.ts';

export interface ListChoice extends LedgerChoice {
  /** Rows at most. */
  readonly antal: number;
}

/** An instant in JSON: ISO 8601, UTC; null where there is none. */
export function isoOf(at: Instant | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function statusJson(counts: Counts): unknown {
  const { oldestUnfinishedAt, oldestAwaitingSvarAt, oldestUnpublishedAt, oldestInDoubtAt, ...amounts } = counts;
  return {
    ...amounts,
    oldestUnfinishedAt: isoOf(oldestUnfinishedAt),
    oldestAwaitingSvarAt: isoOf(oldestAwaitingSvarAt),
    oldestUnpublishedAt: isoOf(oldestUnpublishedAt),
    oldestInDoubtAt: isoOf(oldestInDoubtAt),
  };
}

function statusText(counts: Counts, now: Instant): string {
  const age = (at: Instant | undefined): string => (at === undefined ? '' : `ældste ${ageText(now - at)}`);
  const states = Object.entries(counts.byState).map(([state, antal]) => [
    Object.entries(STATE_NAMES).find(([name]) => name === state)?.[1] ?? state,
    String(antal),
    state === 'awaitingSvar'
      ? age(counts.oldestAwaitingSvarAt)
      : state === 'inDoubt'
        ? age(counts.oldestInDoubtAt)
        : '',
  ]);
  const attention = [
    [
      'uden udfald i alt',
      String(counts.unfinished.debitorkonto + counts.unfinished.kontantindbetaling),
      age(counts.oldestUnfinishedAt),
    ],
    ['svar ikke afleveret endnu', String(counts.unpublished), age(counts.oldestUnpublishedAt)],
    ['uleverede svar', String(counts.uleverede), counts.uleverede > 0 ? 'se: uleveret list' : ''],
    ['i fejlkøen', String(counts.fejlkoe), counts.fejlkoe > 0 ? 'se: fejlkoe list --group' : ''],
    ['svar over fristen', String(counts.overdue), counts.overdue > 0 ? 'se: venter' : ''],
  ];
  const columns = [{ title: 'anmodninger' }, { title: 'antal', right: true }, { title: 'bemærk' }] as const;
  return textTable(columns, [...states, ...attention], '');
}

export function status(choice: LedgerChoice, now: Instant): Promise<Outcome> {
  return withLedger(choice, async (ledger) => {
    const counts = await ledger.counts(datoAt(now));
    return { exit: 'ok', json: statusJson(counts), text: statusText(counts, now) };
  });
}

function messageJson(row: MessageRow): Readonly<Record<string, unknown>> {
  return {
    ...row,
    receivedAt: isoOf(row.receivedAt),
    dispatchedAt: isoOf(row.dispatchedAt),
    settledAt: isoOf(row.settledAt),
    nextAttemptAt: isoOf(row.nextAttemptAt),
  };
}

const isOverdue = ({ forventetSvarDato }: MessageRow, today: string): boolean =>
  forventetSvarDato !== undefined && forventetSvarDato < today;

/** Accepted, and no svar yet: oldest first, past their frist marked. */
export function venter(choice: ListChoice, now: Instant): Promise<Outcome> {
  return withLedger(choice, async (ledger) => {
    const rows = await firstRows<MessageRow>(
      choice.antal,
      ({ seq }) => seq,
      (page) => ledger.awaitingSvar(page),
    );
    const today = datoAt(now);
    const columns = [
      { title: 'id' },
      { title: 'fagsystem' },
      { title: 'handlingstype' },
      { title: 'modtaget' },
      { title: 'alder', right: true },
      { title: 'forventet svar' },
      { title: '' },
    ] as const;
    const cells = rows.map((row) => [
      row.id,
      row.sender,
      row.handlingstype ?? '',
      instantText(row.receivedAt),
      ageText(now - row.receivedAt),
      row.forventetSvarDato ?? '',
      isOverdue(row, today) ? 'OVER FRISTEN' : '',
    ]);
    return {
      exit: 'ok',
      json: rows.map((row) => ({ ...messageJson(row), overFristen: isOverdue(row, today) })),
      text: textTable(columns, cells, 'Ingen anmodninger venter på svar.'),
    };
  });
}

/** Unknown outcomes, oldest first. */
export function iTvivl(choice: ListChoice, now: Instant): Promise<Outcome> {
  return withLedger(choice, async (ledger) => {
    const rows = await firstRows<MessageRow>(
      choice.antal,
      ({ seq }) => seq,
      (page) => ledger.inDoubt(page),
    );
    const columns = [
      { title: 'id' },
      { title: 'fagsystem' },
      { title: 'handlingstype' },
      { title: 'alder', right: true },
      { title: 'forsøg', right: true },
      { title: 'næste forsøg' },
      { title: 'årsag' },
    ] as const;
    const cells = rows.map((row) => [
      row.id,
      row.sender,
      row.handlingstype ?? '',
      ageText(now - row.receivedAt),
      String(row.attempts),
      row.nextAttemptAt === undefined ? 'venter på en person' : instantText(row.nextAttemptAt),
      row.aarsag ?? '',
    ]);
    return { exit: 'ok', json: rows.map(messageJson), text: textTable(columns, cells, 'Intet er i tvivl.') };
  });
}

/** Answers that no queue was bound for, oldest first. */
export function uleveret(choice: ListChoice, now: Instant): Promise<Outcome> {
  return withLedger(choice, async (ledger) => {
    const rows = await firstRows<AnswerRow>(
      choice.antal,
      ({ answerId }) => answerId,
      (page) => ledger.uleverede(page),
    );
    const columns = [
      { title: 'nr.', right: true },
      { title: 'routing key' },
      { title: 'art' },
      { title: 'kode' },
      { title: 'dannet' },
      { title: 'forsøg', right: true },
      { title: 'uleveret i', right: true },
    ] as const;
    const cells = rows.map((row) => [
      String(row.answerId),
      row.routingKey,
      row.art,
      row.kode,
      instantText(row.createdAt),
      String(row.attempts),
      row.returnedAt === undefined ? '' : ageText(now - row.returnedAt),
    ]);
    const json = rows.map((row) => ({
      ...row,
      createdAt: isoOf(row.createdAt),
      publishedAt: isoOf(row.publishedAt),
      returnedAt: isoOf(row.returnedAt),
    }));
    return { exit: 'ok', json, text: textTable(columns, cells, 'Alle svar er leveret.') };
  });
}
