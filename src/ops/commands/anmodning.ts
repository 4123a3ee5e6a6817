/** `anmodning ID`: everything that is known of one anmodning, as a timeline. */
import type { Instant } from '../../domain/identer.ts';
import type { AnswerRow, EventRow, History, MessageRow } from '../../ledger/ledger.ts';
import { instantText, STATE_NAMES } from '../status-lists.ts';
import { textTable } from '../table.ts';
import type { Outcome } from '../terminal.ts';
import { isoOf } from './lists.ts';
import { type LedgerChoice, withLedger } from './read-ledger.ts';

interface Moment {
  readonly at: Instant;
  readonly hvad: string;
  readonly detalje: string;
}

/** The ledger's names of what is out of the ordinary, for people. */
const EVENT_NAMES: Readonly<Record<string, string>> = {
  retrying: 'ikke udført, forsøges igen',
  inDoubt: 'udfaldet er ukendt',
  interrupted: 'afbrudt: adapteren stoppede, mens debitorsystemet blev spurgt',
  repeat: 'modtaget igen',
  conflict: 'id brugt før med andet indhold',
  unasked: 'taget op, men lagt tilbage uden at spørge debitorsystemet',
  svarRefused: 'et svar blev afvist',
  svarSettled: 'et svar afgjorde den, før udfaldet var bogført',
  svarByHand: 'svaret er meldt af en person',
  replayed: 'afspillet fra fejlkøen af en person',
  resolved: 'afgjort af en person, mens den var i tvivl',
};

const ANSWER_NAMES: Readonly<Record<AnswerRow['art'], string>> = {
  kvittering: 'kvittering',
  transportkvittering: 'transportkvittering',
  svar: 'svar',
  svarkvittering: 'kvittering for svar',
};

function messageMoments(message: MessageRow): Moment[] {
  const { receivedAt, dispatchedAt, settledAt, nextAttemptAt, attempts, udfald, aarsag } = message;
  const moments: Moment[] = [{ at: receivedAt, hvad: 'modtaget og bogført', detalje: `fra ${message.sender}` }];
  if (dispatchedAt !== undefined) {
    moments.push({ at: dispatchedAt, hvad: 'debitorsystemet spurgt', detalje: `forsøg i alt: ${attempts}` });
  }
  if (settledAt !== undefined) moments.push({ at: settledAt, hvad: 'udfald bogført', detalje: udfald ?? aarsag ?? '' });
  if (nextAttemptAt !== undefined) moments.push({ at: nextAttemptAt, hvad: 'næste forsøg', detalje: aarsag ?? '' });
  return moments;
}

function answerMoments({
  art,
  kode,
  createdAt,
  publishedAt,
  returnedAt,
  attempts,
  routingKey,
  repeat,
}: AnswerRow): Moment[] {
  const navn = `${ANSWER_NAMES[art]} ${kode}${repeat ? ' (gentaget)' : ''}`;
  const moments: Moment[] = [{ at: createdAt, hvad: `${navn} dannet`, detalje: '' }];
  if (returnedAt !== undefined) {
    moments.push({ at: returnedAt, hvad: `${navn} uleveret`, detalje: `ingen kø er bundet for ${routingKey}` });
  }
  if (publishedAt !== undefined) {
    moments.push({ at: publishedAt, hvad: `${navn} afleveret`, detalje: `${routingKey}, forsøg i alt: ${attempts}` });
  }
  return moments;
}

const eventMoment = ({ at, event, detail }: EventRow): Moment => ({
  at,
  hvad: EVENT_NAMES[event] ?? event,
  detalje: detail ?? '',
});

function timeline({ message, answers, events }: History): readonly Moment[] {
  const moments = [...messageMoments(message), ...events.map(eventMoment), ...answers.flatMap(answerMoments)];
  // The sort is stable, so what happened in one millisecond keeps the order of a message's life.
  return moments.sort((one, other) => one.at - other.at);
}

function headOf(message: MessageRow): string {
  const { kind, id, transaktionsId, myndighed, handlingstype, state, forventetSvarDato, first } = message;
  const lines = [
    ['anmodning', `${id} (${kind}, nr. ${message.seq})`],
    ['transaktion', transaktionsId],
    ['fagsystem', message.sender],
    ['myndighed', myndighed],
    ['handlingstype', handlingstype],
    ['tilstand', STATE_NAMES[state]],
    ['forventet svar', forventetSvarDato],
    ['bemærk', first ? undefined : 'id var brugt før med et andet indhold'],
  ] as const;
  return lines.flatMap(([navn, value]) => (value === undefined ? [] : [`${`${navn}:`.padEnd(16)}${value}\n`])).join('');
}

function historyText(history: History): string {
  const columns = [{ title: 'tid' }, { title: 'hvad' }, { title: 'detalje' }] as const;
  const cells = timeline(history).map(({ at, hvad, detalje }) => [instantText(at), hvad, detalje]);
  return `${headOf(history.message)}\n${textTable(columns, cells, '')}`;
}

/** Looks an id up as an AnmodningIdentifikator and as a TransaktionsId. */
export function anmodning(id: string, choice: LedgerChoice): Promise<Outcome> {
  return withLedger(choice, async (ledger) => {
    const asGiven = await ledger.history(id);
    // The ledger keeps UUIDs in lower case.
    const found = asGiven.length > 0 ? asGiven : await ledger.history(id.toLowerCase());
    if (found.length === 0) {
      return {
        exit: 'problems',
        json: [],
        text: 'Ingen anmodning har det AnmodningIdentifikator eller TransaktionsId.\n',
      };
    }
    const json = found.map((history) => ({
      ...history,
      tidslinje: timeline(history).map(({ at, hvad, detalje }) => ({ tid: isoOf(at), hvad, detalje })),
    }));
    return { exit: 'ok', json, text: found.map(historyText).join('\n') };
  });
}
