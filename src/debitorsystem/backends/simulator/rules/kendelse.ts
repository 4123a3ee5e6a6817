/** What a rule finds: what would change, what it says of each fordring, and what speaks against the whole. Nothing is saved here. */
import type { Oere } from '../../../../domain/beloeb.ts';
import type { Fejl } from '../../../../domain/fejl.ts';
import type { FordringId } from '../../../../domain/identer.ts';
import type { Debitorkonto, Fordring } from '../model.ts';
import type { Sag } from '../sag.ts';
import { only, type Steps } from '../steps.ts';

/** What is said of one fordring: gennemført, or refused where there is a fejl. */
export interface Linje {
  readonly fordring: FordringId;
  readonly beloebOere?: Oere;
  readonly fejl?: Fejl;
}

export interface Kendelse {
  /** Against the whole: then nothing changes. */
  readonly fejl: readonly Fejl[];
  readonly linjer: readonly Linje[];
  /** What changed; where a fordring was refused, the others of the same command are here all the same. */
  readonly fordringer: readonly Fordring[];
  /** What stands under another debitorkonto now, and changed in nothing else. */
  readonly flyttede?: readonly Fordring[];
  readonly konti: readonly Debitorkonto[];
}

/** Judges a sag by changing its copies. A step is what it reads of the store; judging what was read is quick. */
export type Rule = (sag: Sag) => Steps<Kendelse>;

/** A rule that reads nothing more of the store. */
export function atOnce(judge: (sag: Sag) => Kendelse): Rule {
  return (sag) => only(judge(sag));
}

export function refuse(...fejl: readonly Fejl[]): Kendelse {
  return { fejl, linjer: [], fordringer: [], konti: [] };
}

/** For a handlingstype, or a variant of it, that an installation's catalogue allows and the simulator does not know. */
export function notSupported(): Fejl {
  return {
    kode: 'SIM-001',
    tekst: 'Simulatoren kan ikke udføre handlingstypen i denne variant. Brug en handlingstype og variant, den kender.',
  };
}
