/** Case: a customer's number is told to nobody. The last one, so that all that was said and written before is looked at. */
import assert from 'node:assert/strict';
import type { ContractCase } from './case.ts';
import { indbetaling } from './commands.ts';
import type { KitWorld } from './world.ts';

const BELOEB_OERE = 115n;
/** An authority's own CVR number may well be named elsewhere: only what could be a person's is looked for. */
const MIN_DIGITS = 10;

/** The customers' numbers that nobody may be told, as people write them. */
export function secretNumbers({ kunder }: KitWorld): readonly string[] {
  return kunder
    .filter(({ kundeNummer }) => kundeNummer.length >= MIN_DIGITS)
    .flatMap(({ kundeNummer }) => [kundeNummer, `${kundeNummer.slice(0, 6)}-${kundeNummer.slice(6)}`]);
}

export const FORTROLIGHED: ContractCase = {
  name: 'Hverken svar, fejltekster eller log indeholder en kundes nummer',
  run: async (stage) => {
    for (const kunde of stage.world.kunder) {
      await stage.ask(indbetaling(stage.world, kunde, BELOEB_OERE));
      await stage.ask(indbetaling(stage.world, { ...kunde, kundeType: 'KIT-UKENDT' }, BELOEB_OERE));
    }
    for (const number of secretNumbers(stage.world)) {
      assert.ok(
        !stage.postbox.hasHeard(number),
        'et udfald, et svar, en fejltekst eller loggen indeholder nummeret på en kunde af en kontant indbetaling',
      );
    }
    // What a process still holds back of its output comes when it is stopped.
    if (stage.written !== undefined && stage.about.restarts) await stage.close();
    for (const [stream, times] of stage.written ?? []) {
      const where = `processen har skrevet nummeret på en kunde af en kontant indbetaling på ${stream}`;
      assert.fail(`${where}, ${times} ${times === 1 ? 'gang' : 'gange'} i hele kørslen: det ender i en log`);
    }
  },
};
