/** A simulator that says the right thing and does another: what the hidden faults are made of. */
import type { Command, HandlingCommand, Udfald } from '../../../src/debitorsystem/debitorsystem.ts';
import type { Handling } from '../../../src/domain/handling.ts';
import type { DebitorkontoId, FordringId, HandlingTypeKode } from '../../../src/domain/identer.ts';
import { type Parts, underKey, type Wrong } from './wrapped-simulator.ts';

/** The cases by their names; what is wrong; the backend; what the reason must say. */
export type HiddenFault = readonly [RegExp, string, Wrong, RegExp];

type Ports = Parameters<NonNullable<Wrong['breaks']>>[2];
type Simulate = (command: Command) => ReturnType<Parts['execute']>;

let fresh = 0;
/** The same under a key of its own, so that it is carried out for itself. */
export function another<C extends Command>(command: C): C {
  fresh += 1;
  return underKey(command, `skjult-${fresh}`);
}

/** Stands in front of the handlinger that are meant; the others are carried out as they should be. */
export function onHandling(
  isMeant: (command: HandlingCommand) => boolean,
  carryOut: (command: HandlingCommand, simulate: Simulate, ports: Ports) => Promise<Udfald>,
): Wrong {
  return {
    breaks: ({ execute }, _opening, ports) => ({
      execute: (command, context) =>
        command.art === 'handling' && isMeant(command)
          ? carryOut(command, (one) => execute(one, context), ports)
          : execute(command, context),
    }),
  };
}

export const on =
  (...koder: readonly string[]) =>
  (command: HandlingCommand) =>
    koder.includes(command.handlingstype);

/** Says that it is done: at once, or by a svar. */
export async function pretend(command: HandlingCommand, ports: Ports): Promise<Udfald> {
  const { svarform, noegle, anmodningIdentifikator, handling } = command;
  const named = handling.variant === 2 ? handling.fordringer : [];
  const resultat = { fordringer: named.map((fordring) => ({ fordring, resultat: 'GENNEMFOERT' as const })) };
  if (svarform === 'STRAKS') return { art: 'udfoert', resultat };
  await ports.reportSvar({ noegle, anmodningIdentifikator }, { status: 'GENNEMFOERT', tid: ports.now(), resultat });
  return { art: 'accepteretTilSenere' };
}

/** Carries something out at once, and not under the command's own key. */
export function instead(command: HandlingCommand, change: Partial<HandlingCommand> = {}): HandlingCommand {
  return another({ ...command, svarform: 'STRAKS', ...change });
}

export function also(command: HandlingCommand, kode: string, handling: Handling, beloebOere?: bigint): HandlingCommand {
  const parametre = beloebOere === undefined ? { parametre: [] } : { parametre: [], beloebOere };
  return instead(command, { handlingstype: kode as HandlingTypeKode, handling, objektType: 'FORDRING', parametre });
}

export function fordringerOf({ handling }: HandlingCommand): number {
  return handling.variant === 2 ? handling.fordringer.length : 0;
}

/** The fordringer that the simulator's own data has on a debitorkonto of three. */
export function firstOf({ handling }: HandlingCommand): Handling {
  if (handling.variant === 2) return { ...handling, fordringer: handling.fordringer.slice(0, 1) };
  if (handling.variant !== 1) return handling;
  return { variant: 2, debitorkonto: handling.debitorkonto, fordringer: [`${handling.debitorkonto}-F1` as FordringId] };
}

export const ELSEWHERE = 'KIT-TOM-12' as DebitorkontoId;

export function sides({
  handling,
}: HandlingCommand): { readonly fra: DebitorkontoId; readonly til: DebitorkontoId } | undefined {
  if (handling.variant === 3) return handling;
  return handling.variant === 4 ? { fra: handling.fra.debitorkonto, til: handling.til.debitorkonto } : undefined;
}
