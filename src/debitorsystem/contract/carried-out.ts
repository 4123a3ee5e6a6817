/** Commands that must succeed, or must be refused: given, and followed until their last word, which may be a svar. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { HandlingCommand } from '../../domain/command.ts';
import type { HandlingResultat, Svar } from '../../domain/udfald.ts';
import { assertStatus, kroner, saidCommand, saidSvar, saidUdfald, whereDifferent } from './outcomes.ts';
import type { Stage } from './stage.ts';

function assertEveryLine(resultat: HandlingResultat | undefined, what: string): void {
  const refused = resultat?.fordringer.filter((one) => one.resultat === 'AFVIST').length ?? 0;
  assert.ok(refused === 0, `${what} er meldt gennemført, men ${refused} af resultatets fordringer er AFVIST`);
}

/** What is said of each fordring is what was done to it. Only where it is told with an amount, and what that must be is known. */
export function assertBeloeb(
  { handlingstype, parametre, ...command }: HandlingCommand,
  resultat?: HandlingResultat,
): void {
  if (handlingstype !== 'NEDSKRIV' && handlingstype !== 'OPSKRIV') return;
  const { beloebOere = 0n } = parametre;
  for (const [index, line] of (resultat?.fordringer ?? []).entries()) {
    if (line.beloebOere === undefined || line.beloebOere === beloebOere) continue;
    const what = saidCommand({ handlingstype, parametre, ...command });
    const said = `med ${kroner(beloebOere)}, men resultatets linje nr. ${index + 1} siger ${kroner(line.beloebOere)}`;
    assert.fail(`${what} er udført ${said}`);
  }
}

/** Gives a command that must succeed, and waits for its svar where it was accepted for later. */
export async function carryOut(stage: Stage, command: HandlingCommand): Promise<HandlingResultat | undefined> {
  const what = saidCommand(command);
  const udfald = await stage.execute(command);
  assert.ok(udfald.art !== 'afvist', `${what} skulle lykkes på kittets data, men blev ${saidUdfald(udfald)}`);
  if (udfald.art === 'udfoert') {
    assertEveryLine(udfald.resultat, what);
    return udfald.resultat;
  }
  assert.ok(command.svarform === 'SENERE', `${what} har svarform STRAKS, men blev accepteret til senere`);
  const declared = stage.about.svarformer.includes('SENERE');
  assert.ok(declared, `${what} blev accepteret til senere, men svarform SENERE er ikke erklæret`);
  const svar = await stage.svarTo(command);
  assertStatus(svar, 'GENNEMFOERT', what);
  assertEveryLine(svar.resultat, what);
  return svar.resultat;
}

/**
 * Gives a command that must be refused: at once, or by its svar where it was accepted for later.
 * @param why why it must be, as the end of a sentence.
 */
export async function assertRefused(stage: Stage, command: HandlingCommand, why: string): Promise<void> {
  const udfald = await stage.execute(command);
  if (udfald.art === 'afvist') return;
  assert.ok(udfald.art !== 'udfoert', `${saidCommand(command)} skulle afvises, men blev udført: ${why}`);
  const svar = await stage.svarTo(command);
  assert.ok(
    svar.status === 'AFVIST',
    `${saidCommand(command)} skulle afvises, men svaret er ${saidSvar(svar)}: ${why}`,
  );
}

/** Every report of a command was of one and the same svar. */
export function assertOneSvar(stage: Stage, command: HandlingCommand, svar: Svar): void {
  for (const report of stage.postbox.reportsOf(command)) {
    if (isDeepStrictEqual(report, svar)) continue;
    const said = `${saidSvar(svar)} og ${saidSvar(report)}${whereDifferent(svar, report)}`;
    assert.fail(`der er rapporteret to forskellige svar på ${saidCommand(command)}: ${said}`);
  }
}
