/** `i-tvivl resolve`: a person who has looked in the debitorsystem says what became of an anmodning in doubt. */
import type { Fejlliste } from '../../domain/fejl.ts';
import type { HandlingResultat } from '../../domain/udfald.ts';
import type { Desk } from '../../flow/desk.ts';
import type { Decision, Resolved } from '../../flow/resolve.ts';
import type { Undecided } from '../../ledger/interventions.ts';
import type { MessageRow } from '../../ledger/ledger.ts';
import { instantText, STATE_NAMES } from '../status-lists.ts';
import { type Outcome, UsageError } from '../terminal.ts';
import { anmodningerOf, byHand, type PersonChoice, refused, shownAnswer, whichOf, withDesk } from './desk-choice.ts';
import { fejlOf, fordringOf } from './given-results.ts';
import { isoOf } from './lists.ts';

/** What can be said of an anmodning in doubt, and what it is called afterwards. */
export const SOM: Readonly<Record<Decision['som'], string>> = {
  udfoert: 'udført',
  accepteret: 'accepteret til senere',
  afvist: 'afvist',
  fejlet: 'fejlet: intet er udført, og det bliver det heller ikke',
  igen: 'ikke udført: debitorsystemet spørges igen',
};

export interface ResolveChoice extends PersonChoice {
  readonly som: Decision['som'];
  readonly fagsystem?: string;
  readonly reference?: string;
  /** `ID` or `ID=BELØB`, each GENNEMFOERT. */
  readonly fordring?: readonly string[];
  /** `KODE` of the catalogue, or `KODE=TEKST`. */
  readonly fejl?: readonly string[];
  /** Only show what would be sent. */
  readonly vis?: true;
}

function fejllisteOf(given: readonly string[]): Fejlliste {
  const [first, ...rest] = given.map(fejlOf);
  if (first === undefined)
    throw new UsageError('--som afvist kræver mindst én --fejl: hvorfor debitorsystemet har afvist');
  return [first, ...rest];
}

function resultatOf({ reference, fordring = [] }: ResolveChoice): { readonly resultat?: HandlingResultat } {
  if (reference === undefined && fordring.length === 0) return {};
  const fordringer = fordring.map(fordringOf);
  return { resultat: { ...(reference === undefined ? {} : { debitorsystemReference: reference }), fordringer } };
}

/** @throws UsageError where what is given does not belong together. */
function decisionOf(choice: ResolveChoice): Decision {
  const { som } = choice;
  if (som !== 'udfoert' && (choice.reference !== undefined || choice.fordring !== undefined)) {
    throw new UsageError('--reference og --fordring hører til --som udfoert');
  }
  if (som !== 'afvist' && choice.fejl !== undefined) throw new UsageError('--fejl hører til --som afvist');
  if (som === 'udfoert') return { som, ...resultatOf(choice) };
  return som === 'afvist' ? { som, fejl: fejllisteOf(choice.fejl ?? []) } : { som };
}

const REFUSALS = {
  notInDoubt: 'Anmodningen er ikke længere i tvivl; se den med debitor-adapter anmodning ID.',
  changed: 'Debitorsystemet er spurgt igen, siden du så anmodningen. Se efter igen, og gentag kommandoen.',
  beingAsked:
    'Debitorsystemet bliver spurgt om anmodningen netop nu, så den kan blive udført. Vent, til det har svaret, og se efter igen.',
} as const;

function outcomeOf(row: MessageRow, { nextAttemptAt }: Undecided, choice: ResolveChoice, resolved: Resolved): Outcome {
  const { verdict } = resolved;
  if (verdict === 'impossible') return refused(`${resolved.problem}.`);
  if (verdict !== 'resolved' && verdict !== 'shown') return refused(REFUSALS[verdict]);
  const { id, sender, handlingstype, seq } = row;
  const answers = resolved.answers.map(shownAnswer);
  const done = verdict === 'resolved';
  const what = `Anmodning ${id} (${[sender, handlingstype].filter((one) => one !== undefined).join(', ')})`;
  const lines = [
    `${what} ${done ? 'er afgjort som' : 'ville blive afgjort som'} ${SOM[choice.som]}.`,
    ...answers.map(
      ({ art, kode, routingKey }) => `${done ? 'Sendes nu' : 'Ville blive sendt'}: ${art} ${kode} til ${routingKey}`,
    ),
    ...(nextAttemptAt === undefined
      ? []
      : [`Debitorsystemet stod til at blive spurgt igen ${instantText(nextAttemptAt)}.`]),
    ...(done ? [] : ['Intet er ændret.', ...answers.map(({ xml }) => `\n${xml}`)]),
  ];
  return {
    exit: 'ok',
    json: {
      id,
      fagsystem: sender,
      seq,
      som: choice.som,
      afgjort: done,
      naesteForsoeg: isoOf(nextAttemptAt),
      svar: answers,
    },
    text: `${lines.join('\n')}\n`,
  };
}

async function undecidedAmong(desk: Desk, rows: readonly MessageRow[]) {
  const found: { readonly row: MessageRow; readonly undecided: Undecided }[] = [];
  for (const row of rows) {
    const undecided = await desk.undecided(row.seq);
    if (undecided !== undefined) found.push({ row, undecided });
  }
  return found;
}

export function resolve(id: string, choice: ResolveChoice): Promise<Outcome> {
  const decision = decisionOf(choice);
  const by = choice.vis === true ? undefined : byHand(choice);
  return withDesk(choice, async (desk) => {
    const rows = await anmodningerOf(desk, id, choice.fagsystem);
    const [first] = rows;
    if (first === undefined) return refused('Ingen anmodning har det AnmodningIdentifikator eller TransaktionsId.');
    const [found, another] = await undecidedAmong(desk, rows);
    if (another !== undefined) throw whichOf(rows);
    if (found === undefined) return refused(`Anmodningen er ikke i tvivl: ${STATE_NAMES[first.state]}.`);
    const { row, undecided } = found;
    return outcomeOf(row, undecided, choice, await desk.resolve(undecided, decision, by));
  });
}
