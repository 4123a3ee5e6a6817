/** `svar ID --status`: a person reports what became of an anmodning that was accepted for later. */
import type { Fejlliste } from '../../domain/fejl.ts';
import type { Svar, SvarStatusKode } from '../../domain/udfald.ts';
import type { Outcome } from '../terminal.ts';
import { UsageError } from '../terminal.ts';
import { anmodningerOf, byHand, type PersonChoice, refused, shownAnswer, whichOf, withDesk } from './desk-choice.ts';
import { afvistFordringOf, fejlOf, fordringOf } from './given-results.ts';

/** What a svar can say, and what it is called. */
export const STATUS: Readonly<Record<SvarStatusKode, string>> = {
  GENNEMFOERT: 'gennemført',
  DELVIST_GENNEMFOERT: 'delvist gennemført',
  AFVIST: 'afvist',
  FEJLET: 'fejlet',
};

export interface SvarChoice extends PersonChoice {
  readonly status: SvarStatusKode;
  readonly fagsystem?: string;
  /** For the fagsystem's people. */
  readonly begrundelse?: string;
  readonly reference?: string;
  readonly fordring?: readonly string[];
  readonly afvistFordring?: readonly string[];
  readonly fejl?: readonly string[];
  readonly vis?: true;
}

function fejlFor({ status, fejl = [], begrundelse }: SvarChoice): { readonly fejl?: Fejlliste } {
  const [first, ...rest] = fejl.map(fejlOf);
  if (first !== undefined) {
    if (status === 'GENNEMFOERT') throw new UsageError('--fejl hører ikke til --status GENNEMFOERT');
    return { fejl: [first, ...rest] };
  }
  if ((status === 'AFVIST' || status === 'FEJLET') && begrundelse === undefined) {
    throw new UsageError(`--status ${status} kræver --fejl eller --begrundelse: fagsystemet skal have at vide hvorfor`);
  }
  return {};
}

/** @throws UsageError where what is given does not belong together. */
function svarOf(choice: SvarChoice): Omit<Svar, 'tid'> {
  const { status, begrundelse, reference } = choice;
  const done = (choice.fordring ?? []).map(fordringOf);
  const refusedOnes = (choice.afvistFordring ?? []).map(afvistFordringOf);
  if (status === 'GENNEMFOERT' && refusedOnes.length > 0) {
    throw new UsageError('--afvist-fordring hører til --status DELVIST_GENNEMFOERT eller AFVIST');
  }
  if ((status === 'AFVIST' || status === 'FEJLET') && done.length > 0) {
    throw new UsageError(`--fordring er gennemført og hører ikke til --status ${status}`);
  }
  const fordringer = [...done, ...refusedOnes];
  const hasResultat = reference !== undefined || fordringer.length > 0;
  return {
    status,
    ...(begrundelse === undefined ? {} : { begrundelse }),
    ...(hasResultat
      ? { resultat: { ...(reference === undefined ? {} : { debitorsystemReference: reference }), fordringer } }
      : {}),
    ...fejlFor(choice),
  };
}

export function svar(id: string, choice: SvarChoice): Promise<Outcome> {
  const given = svarOf(choice);
  const by = choice.vis === true ? undefined : byHand(choice);
  return withDesk(choice, async (desk) => {
    const rows = (await anmodningerOf(desk, id, choice.fagsystem)).filter(({ kind }) => kind === 'debitorkonto');
    const [row, another] = rows;
    if (row === undefined) return refused('Ingen debitorkontoanmodning har det AnmodningIdentifikator.');
    if (another !== undefined) throw whichOf(rows);
    const reported = await desk.reportSvar(row, given, by);
    if (reported.verdict === 'impossible') return refused(`${reported.problem}.`);
    if (reported.verdict === 'refused') return refused(`${reported.kode}: ${reported.problem}`);
    const { verdict } = reported;
    const answers = reported.answers.map(shownAnswer);
    const what = `Svaret ${STATUS[choice.status]} til ${row.id} (${row.sender})`;
    const lines = {
      recorded: [`${what} er bogført, og adapteren sender det efter MODTAGET.`],
      same: [`${what} var bogført i forvejen; det sendes ikke igen.`],
      shown: [`${what} ville blive bogført.`, 'Intet er ændret.', ...answers.map(({ xml }) => `\n${xml}`)],
    }[verdict];
    return {
      exit: 'ok',
      json: { id: row.id, fagsystem: row.sender, status: choice.status, bogfoert: verdict, svar: answers },
      text: `${lines.join('\n')}\n`,
    };
  });
}
