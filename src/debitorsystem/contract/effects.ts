/**
 * What a command has done, seen through further commands: what can still be written down is what is owed, and what a credit
 * pays is what it was. Each look uses up what it looks at.
 */
import assert from 'node:assert/strict';
import type { Oere } from '../../domain/beloeb.ts';
import type { FordringId } from '../../domain/identer.ts';
import { assertRefused } from './carried-out.ts';
import { between, handlingCommand, nedskrivning, type Sender } from './commands.ts';
import { assertArt, kroner, saidUdfald } from './outcomes.ts';
import type { Stage } from './stage.ts';
import type { About } from './subject.ts';
import { type KitKonto, RESTBELOEB_OERE } from './world.ts';

/** The largest power of two øre that a message holds is 2^43. */
const HIGHEST_BIT = 43n;
/** Finding out what is owed instead is a courtesy to the reader of the reason, and takes no longer than this. */
const MEASURE_LIMIT_MS = 10_000;
/** An effect that happened this many times is recognised. */
const MAX_TIMES = 10n;
/** A difference of so few øre is taken for rounding; of many amounts together it is a little more. */
const ROUNDED_OERE = 2n;
const ROUNDED_MANY_OERE = 25n;
const MANY_OERE = 1_000_000n;

export interface Before {
  /** What was owed before; {@link RESTBELOEB_OERE} where left out. */
  readonly foerOere?: Oere;
  /** Who owns the debitorkonto; the world's own fagsystem and myndighed where left out. */
  readonly sender?: Sender;
}

/** Whether effects can be seen at all: what is owed is told by NEDSKRIV. */
export function canSee({ svarformer, world }: About): boolean {
  return svarformer.includes('STRAKS') && world.handlingstyper.includes('NEDSKRIV');
}

/** One of a debitorkonto's fordringer, as a debitorkonto of its own. */
export function only({ debitorkonto }: KitKonto, fordring: FordringId): KitKonto {
  return { debitorkonto, fordringer: [fordring] };
}

/**
 * That a konto's one fordring owes exactly so much: one øre more can't be written down, and this can. It owes nothing
 * afterwards.
 * @param after what has been done, as `efter nedskrivningen`: the beginning of the reason where it owes anything else.
 */
export async function assertRestbeloeb(
  stage: Stage,
  konto: KitKonto,
  restbeloebOere: Oere,
  after: string,
  { foerOere = RESTBELOEB_OERE, sender = stage.world }: Before = {},
): Promise<void> {
  const tooMuch = await stage.execute(nedskrivning(sender, konto, restbeloebOere + 1n));
  let writtenOere = 0n;
  if (tooMuch.art === 'afvist') {
    if (restbeloebOere === 0n) return;
    const exact = await stage.execute(nedskrivning(sender, konto, restbeloebOere));
    if (exact.art === 'udfoert') return;
    assert.ok(exact.art === 'afvist', `${after}: en nedskrivning blev ${saidUdfald(exact)}`);
  } else {
    assert.ok(tooMuch.art === 'udfoert', `${after}: en nedskrivning blev ${saidUdfald(tooMuch)}`);
    writtenOere = restbeloebOere + 1n;
  }
  const leftOere = await measured(stage, konto, sender);
  const expected = `${after} skal der skyldes ${kroner(restbeloebOere)} på fordringen`;
  if (leftOere === undefined) {
    const what = writtenOere > 0n ? 'mere kan nedskrives' : 'så meget kan ikke nedskrives';
    assert.fail(`${expected}, men ${what}`);
  }
  const actualOere = writtenOere + leftOere;
  const why = explained(actualOere, restbeloebOere, foerOere);
  assert.fail(`${expected}, men der skyldes ${kroner(actualOere)}${why === '' ? '' : `: ${why}`}`);
}

/** Each of a konto's fordringer, in order, owes exactly so much. */
export async function assertRestbeloebEach(
  stage: Stage,
  konto: KitKonto,
  restbeloebOere: readonly Oere[],
  after: string,
): Promise<void> {
  for (const [index, fordring] of konto.fordringer.entries()) {
    const place = konto.fordringer.length === 1 ? after : `${after} (fordring nr. ${index + 1})`;
    await assertRestbeloeb(stage, only(konto, fordring), restbeloebOere[index] ?? 0n, place);
  }
}

/** What a fordring owes, by writing all of it down bit by bit; undefined where it can't be found out. */
async function measured(stage: Stage, konto: KitKonto, sender: Sender): Promise<Oere | undefined> {
  const until = performance.now() + MEASURE_LIMIT_MS;
  let sumOere = 0n;
  for (let bit = HIGHEST_BIT; bit >= 0n; bit -= 1n) {
    if (performance.now() > until) return undefined;
    const answer = await stage.ask(nedskrivning(sender, konto, 1n << bit)).catch(() => undefined);
    if (answer?.art !== 'udfald' || answer.udfald.art === 'accepteretTilSenere') return undefined;
    if (answer.udfald.art === 'udfoert') sumOere += 1n << bit;
  }
  // Everything was accepted: it does not look at what is owed.
  return sumOere === (2n << HIGHEST_BIT) - 1n ? undefined : sumOere;
}

/** The likeliest cause; '' where there is none that stands out. */
function explained(actualOere: Oere, expectedOere: Oere, foerOere: Oere): string {
  const changeOere = expectedOere - foerOere;
  const madeOere = actualOere - foerOere;
  if (changeOere === 0n)
    return actualOere === 0n ? 'den er lukket eller betalt' : 'der er sket noget, hvor intet skulle ske';
  if (madeOere === 0n) return 'virkningen mangler';
  if (madeOere === -changeOere) return 'virkningen er sket med modsat fortegn';
  if (madeOere === changeOere * 100n || madeOere * 100n === changeOere)
    return 'kroner og øre er byttet om (faktor 100)';
  // What is left was measured with the same amounts, so that it too is out by the factor.
  if (foerOere > 0n && actualOere > 50n * foerOere) return 'kroner og øre er byttet om (faktor 100)';
  const [offOere, sizeOere] = [abs(actualOere - expectedOere), abs(changeOere)];
  const isRounded = offOere <= (sizeOere >= MANY_OERE ? ROUNDED_MANY_OERE : ROUNDED_OERE) && offOere < sizeOere;
  if (isRounded) return 'beløb er rundet af; regn i hele øre, ikke i kommatal';
  const times = madeOere / changeOere;
  if (times * changeOere === madeOere && times > 1n && times <= MAX_TIMES) return `virkningen er sket ${times} gange`;
  if (actualOere === 0n) return 'den er lukket eller betalt';
  return 'virkningen er sket med et andet beløb';
}

function abs(oere: Oere): Oere {
  return oere < 0n ? -oere : oere;
}

/**
 * That a debitorkonto has exactly so much credit: it pays as much of a fordring that owes {@link RESTBELOEB_OERE}. Looks only
 * where the debitorsystem knows UDLIGN. Uses up one of `aabne` and the credit.
 * @param kreditOere at most {@link RESTBELOEB_OERE}.
 */
export async function assertKredit(stage: Stage, konto: KitKonto, kreditOere: Oere, after: string): Promise<void> {
  if (!stage.world.handlingstyper.includes('UDLIGN')) return;
  const paid = stage.take('aabne');
  const udligning = handlingCommand(stage.world, 'UDLIGN', between(konto, paid));
  if (kreditOere === 0n) await assertRefused(stage, udligning, `${after} skal der ingen kredit være`);
  else {
    const what = `${after} skal krediten være ${kroner(kreditOere)}; UDLIGN af den`;
    assertArt(await stage.execute(udligning), 'udfoert', what);
  }
  await assertRestbeloeb(
    stage,
    paid,
    RESTBELOEB_OERE - kreditOere,
    `${after} skal krediten være ${kroner(kreditOere)}; når den har betalt,`,
  );
}
