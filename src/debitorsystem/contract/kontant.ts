/**
 * Cases: what cash payments do, seen in the customer's saldo, which the author of the backend reads for the kit. In which
 * direction a payment moves it is the debitorsystem's own choice, but always the same.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MAX_BELOEB_OERE, type Oere } from '../../domain/beloeb.ts';
import { idempotencyKey, type KontantIndbetalingCommand } from '../../domain/command.ts';
import { all, type ContractCase, idempotent, kills, recoverable, restarts, saldo } from './case.ts';
import { indbetaling } from './commands.ts';
import { assertArt, kroner } from './outcomes.ts';
import { pause, type Stage, within } from './stage.ts';
import type { KitKunde } from './world.ts';

/** Times a hundred in floating point some are a little less or more than they are in øre; the large ones go back again. */
const BELOEB_OERE = [29n, 115n, 435n, 820n, 123_456_789n, -115n, 1n, -435n, MAX_BELOEB_OERE, -MAX_BELOEB_OERE, 0n];
const EN_GANG_OERE = 435n;
/** A difference of so few øre is taken for rounding. */
const ROUNDED_OERE = 2n;
/** Two customers, whose numbers are one and the same to whoever reckons with them. */
const MED_NUL: KitKunde = { kundeType: 'AKR-DMR-Person', kundeNummer: '0012345678' };
const UDEN_NUL: KitKunde = { ...MED_NUL, kundeNummer: '12345678' };
const MAX_EKSTERN_ID = 20;
/** Each look at a saldo may take a second. */
const MAX_KUNDER = 2;
/** How long after the payment was given the adapter stops waiting. */
const ABORT_AFTER_MS: readonly number[] = [0, 1, 5, 20];
/** How long after it was given the backend is killed; undefined: when it has answered. Each kill costs a start. */
const KILL_AFTER_MS: readonly (number | undefined)[] = [undefined, 1];
const KILL_ANSWER_MS = 30_000;
/** What is booked in spite of an IkkeUdfoert has so long to show. */
const AFTERWARDS_MS = 300;

/** Which way a payment moves a saldo: 1n up, -1n down. */
type Retning = 1n | -1n;

const firstKunde = ({ world: { kunder } }: Stage): KitKunde =>
  kunder[0] ?? assert.fail('kittets verden: kunder mangler');

/** What a payment of so much is called in a reason. */
const betaling = (beloebOere: Oere): string => `en indbetaling på ${kroner(beloebOere)}`;

/** Which way this debitorsystem counts: told by one payment. */
async function retningOf(stage: Stage, kunde: KitKunde): Promise<Retning> {
  const before = await stage.saldo(kunde);
  assertArt(await stage.execute(indbetaling(stage.world, kunde, EN_GANG_OERE)), 'udfoert', betaling(EN_GANG_OERE));
  const movedOere = (await stage.saldo(kunde)) - before;
  assertMoved(movedOere < 0n ? -movedOere : movedOere, EN_GANG_OERE, `efter ${betaling(EN_GANG_OERE)}`);
  return movedOere < 0n ? -1n : 1n;
}

function assertMoved(movedOere: Oere, expectedOere: Oere, after: string): void {
  if (movedOere === expectedOere) return;
  const said = `${after} skal kundens saldo være flyttet ${kroner(expectedOere)}, men den er flyttet ${kroner(movedOere)}`;
  assert.fail(`${said}${explained(movedOere, expectedOere)}`);
}

/** The likeliest cause; '' where there is none that stands out. */
function explained(movedOere: Oere, expectedOere: Oere): string {
  if (expectedOere === 0n) return ': der er bogført noget, hvor intet skulle bogføres';
  if (movedOere === 0n) return ': den er ikke bogført';
  if (movedOere === -expectedOere) return ': med modsat fortegn af de andre indbetalinger';
  if (movedOere === expectedOere * 100n || movedOere * 100n === expectedOere) return ': kroner og øre er byttet om';
  const offOere = movedOere - expectedOere;
  if (offOere >= -ROUNDED_OERE && offOere <= ROUNDED_OERE)
    return ': beløbet er rundet af; regn i hele øre, ikke i kommatal';
  const times = movedOere / expectedOere;
  return times * expectedOere === movedOere && times > 1n ? `: den er bogført ${times} gange` : ': beløbet er et andet';
}

async function assertMovedSince(
  stage: Stage,
  kunde: KitKunde,
  { before, retning }: { readonly before: Oere; readonly retning: Retning },
  beloebOere: Oere,
  after: string,
): Promise<void> {
  assertMoved(retning * ((await stage.saldo(kunde)) - before), beloebOere, after);
}

/** Where a customer stands before something is paid. */
async function start(stage: Stage): Promise<{ readonly kunde: KitKunde; readonly since: Since }> {
  const kunde = firstKunde(stage);
  const retning = await retningOf(stage, kunde);
  return { kunde, since: { before: await stage.saldo(kunde), retning } };
}

type Since = Parameters<typeof assertMovedSince>[2];

async function payEach(stage: Stage, kunde: KitKunde, retning: Retning): Promise<void> {
  let before = await stage.saldo(kunde);
  for (const beloebOere of BELOEB_OERE) {
    const udfald = await stage.execute(indbetaling(stage.world, kunde, beloebOere));
    // Whether it takes what is no payment in is its own choice; what it has refused moves nothing.
    if (beloebOere > 0n) assertArt(udfald, 'udfoert', betaling(beloebOere));
    const now = await stage.saldo(kunde);
    assertMoved(retning * (now - before), udfald.art === 'udfoert' ? beloebOere : 0n, `efter ${betaling(beloebOere)}`);
    before = now;
  }
}

const BOGFOERT: readonly ContractCase[] = [
  {
    name: 'En kontant indbetaling flytter kundens saldo med netop sit beløb, altid samme vej, og ingen andens',
    needs: saldo,
    run: async (stage) => {
      const kunder = stage.world.kunder.slice(0, MAX_KUNDER);
      const retning = await retningOf(stage, firstKunde(stage));
      for (const kunde of kunder) {
        const [other] = kunder.filter((one) => one !== kunde);
        const otherBefore = other && (await stage.saldo(other));
        await payEach(stage, kunde, retning);
        if (other === undefined) continue;
        assert.ok(
          (await stage.saldo(other)) === otherBefore,
          'en kundes indbetalinger har flyttet en anden kundes saldo',
        );
      }
    },
  },
  {
    name: 'Den samme kontante indbetaling igen, også samtidig, flytter ikke saldoen igen',
    needs: all(saldo, idempotent),
    run: async (stage) => {
      const { kunde, since } = await start(stage);
      const command = indbetaling(stage.world, kunde, EN_GANG_OERE);
      await Promise.all([1, 2, 3].map((attempt) => stage.ask(command, { attempt })));
      await stage.settle(command, { art: 'ukendt', kastet: 'glemt' });
      await assertMovedSince(stage, kunde, since, EN_GANG_OERE, 'efter den samme nøgle fire gange');
    },
  },
  {
    name: 'En bogført kontant indbetaling står der efter en genstart, og den samme nøgle igen flytter ikke saldoen',
    needs: all(saldo, restarts, recoverable),
    run: async (stage) => {
      const { kunde, since } = await start(stage);
      const command = indbetaling(stage.world, kunde, EN_GANG_OERE);
      assertArt(await stage.execute(command), 'udfoert', betaling(EN_GANG_OERE));
      await stage.restart();
      await assertMovedSince(stage, kunde, since, EN_GANG_OERE, 'efter en genstart');
      await settled(stage, command);
      await assertMovedSince(stage, kunde, since, EN_GANG_OERE, 'efter en genstart og den samme nøgle igen');
    },
  },
];

/** What is alike about them, and what is not. */
const HVER_SIN: readonly ContractCase[] = [
  {
    name: 'Den samme kontante indbetaling, med samme EksternID, fra to fagsystemer er to indbetalinger',
    needs: all(saldo, recoverable),
    run: async (stage) => {
      const { kunde, since } = await start(stage);
      const { fagsystem, andetFagsystem } = stage.world;
      const id = randomUUID();
      const eksternId = id.slice(0, MAX_EKSTERN_ID);
      const online = { eksternId, system: 'KIT' };
      const payment = { ...indbetaling(stage.world, kunde, EN_GANG_OERE), online };
      for (const [index, one] of [fagsystem, andetFagsystem].entries()) {
        const command = { ...payment, fagsystem: one, noegle: idempotencyKey('kontantIndbetaling', one, id) };
        assertArt(await stage.execute(command), 'udfoert', betaling(EN_GANG_OERE));
        const before = since.before + since.retning * EN_GANG_OERE * BigInt(index);
        const after = `efter ${index === 0 ? 'en indbetaling' : 'den samme indbetaling fra et andet fagsystem'}`;
        await assertMovedSince(stage, kunde, { ...since, before }, EN_GANG_OERE, after);
      }
    },
  },
  {
    name: 'Et nul forrest i kundens nummer tæller med: kontante indbetalinger til den ene kunde er ikke til den anden',
    needs: saldo,
    run: async (stage) => {
      const { since } = await start(stage);
      // Neither may have been there before: now both have a saldo that can be read.
      for (const kunde of [MED_NUL, UDEN_NUL]) await stage.execute(indbetaling(stage.world, kunde, 1n));
      const [before, other] = [await stage.saldo(MED_NUL), await stage.saldo(UDEN_NUL)];
      const what = betaling(EN_GANG_OERE);
      assertArt(await stage.execute(indbetaling(stage.world, MED_NUL, EN_GANG_OERE)), 'udfoert', what);
      const after = `efter ${what} til en kunde, hvis nummer begynder med nul,`;
      await assertMovedSince(stage, MED_NUL, { ...since, before }, EN_GANG_OERE, after);
      const otherAfter = `${after} og ingen til den, hvis nummer er det samme uden nullerne,`;
      await assertMovedSince(stage, UDEN_NUL, { ...since, before: other }, 0n, otherAfter);
    },
  },
];

/** Asked as the adapter would that has lost the udfald. */
async function settled(stage: Stage, command: KontantIndbetalingCommand): Promise<void> {
  assertArt(await stage.settle(command, { art: 'ukendt', kastet: 'glemt' }), 'udfoert', 'indbetalingen');
}

const AFBRUDT: readonly ContractCase[] = [
  {
    name: 'En kontant indbetaling, der afbrydes undervejs, er bogført netop én gang, når den er afsluttet',
    needs: all(saldo, recoverable),
    run: async (stage) => {
      const { kunde, since } = await start(stage);
      for (const [index, afterMs] of ABORT_AFTER_MS.entries()) {
        const soFarOere = EN_GANG_OERE * BigInt(index);
        const command = indbetaling(stage.world, kunde, EN_GANG_OERE);
        const controller = new AbortController();
        const asked = stage.ask(command, { signal: controller.signal });
        if (afterMs > 0) await pause(afterMs);
        controller.abort();
        const answer = await asked;
        const when = `efter at være afbrudt efter ${afterMs} ms`;
        if (answer.art === 'ikkeUdfoert') {
          await pause(AFTERWARDS_MS);
          await assertMovedSince(stage, kunde, since, soFarOere, `${when} og besvaret med IkkeUdfoert`);
        }
        assertArt(await stage.settle(command, answer), 'udfoert', `en indbetaling ${when}`);
        await assertMovedSince(
          stage,
          kunde,
          since,
          soFarOere + EN_GANG_OERE,
          `${when} (${index + 1} indbetalinger i alt)`,
        );
      }
    },
  },
  {
    name: 'Slået ihjel under en kontant indbetaling: saldoen flyttes netop én gang',
    needs: all(saldo, kills, recoverable),
    run: async (stage) => {
      const { kunde, since } = await start(stage);
      for (const [index, afterMs] of KILL_AFTER_MS.entries()) {
        const command = indbetaling(stage.world, kunde, EN_GANG_OERE);
        const asked = stage.ask(command).catch(() => undefined);
        if (afterMs === undefined) await asked;
        else await pause(afterMs);
        await stage.killAndStart();
        await within('den dræbte indbetaling blev ikke afsluttet', KILL_ANSWER_MS, asked);
        await settled(stage, command);
        const inAll = EN_GANG_OERE * BigInt(index + 1);
        await assertMovedSince(stage, kunde, since, inAll, `efter at være slået ihjel ${index + 1} gange`);
      }
    },
  },
];

export const KONTANT: readonly ContractCase[] = [...BOGFOERT, ...HVER_SIN, ...AFBRUDT];
