/**
 * in doubt → decided by a person: what somebody who has looked in the debitorsystem says became of an anmodning is recorded
 * as if the debitorsystem had answered, with who and why. Written for the command line, which runs beside the adapters; they
 * publish the answer and go on with the line.
 */
import { udfaldProblem } from '../debitorsystem/udfald-contract.ts';
import type { Command } from '../domain/command.ts';
import type { Fejlliste } from '../domain/fejl.ts';
import type { Instant } from '../domain/identer.ts';
import type { DispatchOutcome, HandlingResultat } from '../domain/udfald.ts';
import type { ByHand, Interventions, Resolution, ResolutionVerdict, Undecided } from '../ledger/interventions.ts';
import type { Answer, Settlement } from '../ledger/ledger.ts';
import type { World } from './observe.ts';
import { settlementOf } from './settle.ts';

/** What a person says became of an anmodning. */
export type Decision =
  /** Carried out. Where the type answers later, the fagsystem gets MODTAGET and the svar right behind it. */
  | { readonly som: 'udfoert'; readonly resultat?: HandlingResultat }
  /** Accepted for later; the debitorsystem will report its svar. */
  | { readonly som: 'accepteret' }
  /** Refused, for these reasons; nothing was carried out. */
  | { readonly som: 'afvist'; readonly fejl: Fejlliste }
  /** Certainly not carried out, and it will not be: FEJLET, for good. */
  | { readonly som: 'fejlet' }
  /** Certainly not carried out, and the debitorsystem is to be asked again, with the same key. */
  | { readonly som: 'igen' };

/** What a decision comes to. */
export type Resolved =
  | {
      /** `shown`: nothing was changed, since only a look was asked for. */
      readonly verdict: ResolutionVerdict | 'shown';
      /** What the fagsystem is sent, in this order; nothing where the debitorsystem is asked again. */
      readonly answers: readonly Answer[];
    }
  /** It can't be true of this anmodning; the problem says why, in Danish. */
  | { readonly verdict: 'impossible'; readonly problem: string };

class ImpossibleDecision extends Error {}

function namedFordringer(command: Command): ReadonlySet<string> | undefined {
  if (command.art !== 'handling') return undefined;
  const { handling } = command;
  if (handling.variant === 2) return new Set(handling.fordringer);
  if (handling.variant === 4) return new Set([...handling.fra.fordringer, ...handling.til.fordringer]);
  return undefined;
}

/** An udfald given by a person passes the same border as one given by a backend. */
function checked(udfald: object, command: Command): DispatchOutcome {
  const outcome = udfaldProblem(udfald, command);
  if (typeof outcome === 'string') throw new ImpossibleDecision(`Afgørelsen kan ikke bruges: ${outcome}`);
  return outcome;
}

function outcomeOf(decision: Decision, command: Command): DispatchOutcome {
  switch (decision.som) {
    case 'udfoert': {
      const { resultat } = decision;
      if (resultat === undefined) return { art: 'udfoert' };
      if (command.art === 'kontantIndbetaling') {
        throw new ImpossibleDecision('En kontant indbetaling besvares uden reference og uden fordringer');
      }
      const named = namedFordringer(command);
      const stray = named === undefined ? undefined : resultat.fordringer.find(({ fordring }) => !named.has(fordring));
      if (stray !== undefined) throw new ImpossibleDecision('En af fordringerne er ikke nævnt i anmodningen');
      return checked({ art: 'udfoert', resultat }, command);
    }
    case 'accepteret':
      if (command.art === 'handling' && command.svarform === 'STRAKS') {
        throw new ImpossibleDecision(
          'Handlingstypen besvares med det samme (svarform STRAKS): den kan ikke være accepteret til senere',
        );
      }
      return checked({ art: 'accepteretTilSenere' }, command);
    case 'afvist':
      return checked({ art: 'afvist', fejl: decision.fejl }, command);
    case 'fejlet':
      return { art: 'ikkeUdfoert', forbigaaende: false, aarsag: 'en person har konstateret, at intet er udført' };
    case 'igen':
      return { art: 'ikkeUdfoert', forbigaaende: true, aarsag: 'en person har konstateret, at intet er udført endnu' };
  }
}

/** A person knows: there is no doubt left, and asking again is due at once, however often it was asked. */
const BEYOND_DOUBT = {
  capabilities: { idempotent: false, opslag: false },
  policy: { maxAttempts: Number.POSITIVE_INFINITY, initialDelayMs: 0, maxDelayMs: 0 },
  inDoubt: false,
  chance: 0,
} as const;

function answersOf(settlement: Settlement): readonly Answer[] {
  if (settlement.state === 'done') return [settlement.answer];
  if (settlement.state !== 'awaitingSvar') return [];
  return settlement.svar === undefined ? [settlement.answer] : [settlement.answer, settlement.svar.answer];
}

/** @throws ImpossibleDecision */
function settlementFor({ claim }: Undecided, decision: Decision, now: Instant): Resolution['settlement'] {
  const { command, attempt } = claim;
  const svarform = command.art === 'handling' ? command.svarform : 'STRAKS';
  const circumstances = { ...BEYOND_DOUBT, svarform, attempt, now };
  const settlement = settlementOf(claim, outcomeOf(decision, command), circumstances);
  if (settlement.state === 'inDoubt') throw new ImpossibleDecision('Afgørelsen efterlader anmodningen i tvivl');
  return settlement;
}

/**
 * Records a decision, or only shows what it would come to.
 * @param by undefined: nothing is recorded.
 */
export async function resolveUndecided(
  undecided: Undecided,
  decision: Decision,
  by: ByHand | undefined,
  { ledger, world }: { readonly ledger: Pick<Interventions, 'resolve'>; readonly world: World },
): Promise<Resolved> {
  try {
    const settlement = settlementFor(undecided, decision, world.now());
    const verdict = by === undefined ? 'shown' : await ledger.resolve({ settlement, by, decision: decision.som });
    return { verdict, answers: answersOf(settlement) };
  } catch (error) {
    if (error instanceof ImpossibleDecision) return { verdict: 'impossible', problem: error.message };
    throw error;
  }
}
