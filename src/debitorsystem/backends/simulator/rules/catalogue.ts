/** Which rule carries out which handlingstype, and in which variants (spec 4, the simulator's rules). */
import type { HandlingCommand } from '../../../../domain/command.ts';
import type { VariantNummer } from '../../../../domain/handling.ts';
import { aendrTilstand, afskriv, henstand, nedskriv, opskriv, tilbagekald } from './fordring.ts';
import { omposter, overfoerIndbetaling, udlign } from './indbetaling.ts';
import type { Rule } from './kendelse.ts';
import { afslutKonto, overfoerFordring } from './konto.ts';

interface Entry {
  readonly varianter: readonly VariantNummer[];
  readonly rule: Rule;
}

/**
 * The variants may be more than the starter catalogue allows: an installation may allow more. Whether a handlingstype is
 * STRAKS or SENERE is the catalogue's choice too, and no concern of its rule.
 */
const RULES: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ['AENDR_TILSTAND', { varianter: [1, 2], rule: aendrTilstand }],
  ['NEDSKRIV', { varianter: [1, 2], rule: nedskriv }],
  ['OPSKRIV', { varianter: [1, 2], rule: opskriv }],
  ['TILBAGEKALD', { varianter: [1, 2], rule: tilbagekald }],
  ['OMPOSTER', { varianter: [4], rule: omposter }],
  ['UDLIGN', { varianter: [3], rule: udlign }],
  ['AFSKRIV', { varianter: [1, 2], rule: afskriv }],
  ['HENSTAND', { varianter: [1, 2], rule: henstand }],
  ['OVERFOER_INDBETALING', { varianter: [3, 4], rule: overfoerIndbetaling }],
  ['OVERFOER_FORDRING', { varianter: [3], rule: overfoerFordring }],
  ['AFSLUT_KONTO', { varianter: [1], rule: afslutKonto }],
]);

/** The rule for a command; undefined: the simulator cannot do this. */
export function findRule({ handlingstype, handling }: HandlingCommand): Rule | undefined {
  const entry = RULES.get(handlingstype);
  return entry?.varianter.includes(handling.variant) ? entry.rule : undefined;
}
