/** What a case of the contract is, what comes of it, and what cases need. Free of test frameworks. */
import type { Svarform } from '../../domain/handling.ts';
import type { Stage } from './stage.ts';
import type { About } from './subject.ts';

export interface ContractCase {
  /** The rule, as a Danish sentence; no two are alike. */
  readonly name: string;
  /** Why it is not for this backend, in Danish; undefined: it is. Every backend is meant where left out. */
  readonly needs?: (about: About) => string | undefined;
  /** Rejects where the backend breaks the rule: with an AssertionError that says how. */
  readonly run: (stage: Stage) => Promise<void>;
}

export interface KitResult {
  readonly name: string;
  readonly outcome: 'bestået' | 'fejlet' | 'sprunget over';
  /** Why it failed or was skipped, in Danish; undefined where it passed. */
  readonly reason?: string;
}

type Need = NonNullable<ContractCase['needs']>;

/** The first of the reasons why not. */
export function all(...needs: readonly Need[]): Need {
  return (about) => {
    for (const need of needs) {
      const reason = need(about);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

export const idempotent: Need = (about) => (about.idempotent ? undefined : 'erklærer ikke idempotent');
export const opslag: Need = (about) => (about.opslag ? undefined : 'erklærer ikke opslag');
export const restarts: Need = (about) => (about.restarts ? undefined : 'kan ikke genstartes af kittet');
export const kills: Need = (about) => (about.kills ? undefined : 'kan ikke slås ihjel af kittet');

export const recoverable: Need = ({ idempotent: same, opslag: found }) =>
  same || found ? undefined : 'erklærer hverken idempotent eller opslag: et tabt udfald venter på en person';

/** For cases about what cash payments do. */
export const saldo: Need = (about) =>
  about.saldo
    ? undefined
    : 'er IKKE prøvet: om kontante indbetalinger bogføres rigtigt, kan kittet kun se af kundens saldo; giv den med ' +
      '--saldo "<kommando>" (i TypeScript saldo() på KitSubject)';

export function svarform(wanted: Svarform): Need {
  return ({ svarformer }) => (svarformer.includes(wanted) ? undefined : `erklærer ikke svarform ${wanted}`);
}

export function handlingstype(...koder: readonly string[]): Need {
  return ({ world }) => {
    const missing = koder.filter((kode) => !world.handlingstyper.includes(kode));
    return missing.length === 0 ? undefined : `verdenen nævner ikke ${missing.join(' og ')}`;
  };
}

/** For cases that tell effects apart by what is left to write down. */
export const nedskriv: Need = all(svarform('STRAKS'), handlingstype('NEDSKRIV'));
/** For cases about svar. */
export const henstand: Need = all(svarform('SENERE'), handlingstype('HENSTAND'));
