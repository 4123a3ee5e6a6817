/** Cases: what a key is. Every character of it counts, it belongs to one fagsystem, and it is known however many come after it. */
import assert from 'node:assert/strict';
import { type HandlingCommand, idempotencyKey } from '../../domain/command.ts';
import type { DebitorkontoId, FordringId, IdempotencyKey } from '../../domain/identer.ts';
import type { Udfald } from '../../domain/udfald.ts';
import { all, type ContractCase, nedskriv, recoverable } from './case.ts';
import { nedskrivning } from './commands.ts';
import { assertArt, assertSameUdfald, saidUdfald } from './outcomes.ts';
import type { Stage } from './stage.ts';
import type { About } from './subject.ts';
import { RESTBELOEB_OERE } from './world.ts';

/** The longest key that there can be. */
const KEY_LENGTH = 200;
/** More than would be kept by whoever keeps the last thousand; as many of them as there is time for. */
const MANY = 1_100;
const MANY_LIMIT_MS = 1_500;
const MAX_SIDE_BY_SIDE = 64;

/**
 * Whether it is a command of its own is told by its udfald: everything that was owed is written down before it, so that it
 * is refused, unless it is taken for the one before it.
 */
function assertOfItsOwn(udfald: Udfald, what: string): void {
  const said = `blev ${saidUdfald(udfald)}, som den første: den er taget for den samme kommando`;
  assert.ok(
    udfald.art === 'afvist',
    `${what} skal være en ny kommando og afvises, for mere skyldes der ikke, men ${said}`,
  );
}

const andetFagsystem = ({ world }: About): string | undefined =>
  world.andetFagsystemsKonti.length > 0 ? undefined : 'verdenen nævner ingen andetFagsystemsKonti';

/** As many small commands, each on a debitorkonto of its own that is not there. @returns how many there was time for. */
async function giveMany(stage: Stage): Promise<number> {
  const until = performance.now() + MANY_LIMIT_MS;
  let given = 0;
  async function giveOn(): Promise<void> {
    while (given < MANY && performance.now() < until) {
      given += 1;
      const debitorkonto = `KIT-FINDES-IKKE-${given}` as DebitorkontoId;
      await stage.execute(nedskrivning(stage.world, { debitorkonto, fordringer: ['F1' as FordringId] }, 1n));
    }
  }
  const sideBySide = Math.min(stage.about.concurrency, MAX_SIDE_BY_SIDE);
  await Promise.all(Array.from({ length: sideBySide }, giveOn));
  return given;
}

export const NOEGLER: readonly ContractCase[] = [
  {
    name: 'En nøgle kendes på hvert af sine op til 200 tegn: er kun det sidste et andet, er det en ny kommando',
    needs: all(recoverable, nedskriv),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const first = nedskrivning(stage.world, konto, RESTBELOEB_OERE);
      const alike = `${first.noegle}.`.padEnd(KEY_LENGTH - 1, 'x');
      const ending = (last: string, command: HandlingCommand): HandlingCommand => {
        return { ...command, noegle: `${alike}${last}` as IdempotencyKey };
      };
      assertArt(await stage.execute(ending('a', first)), 'udfoert', 'en nedskrivning med en nøgle på 200 tegn');
      for (const [last, how] of [
        ['b', 'kun har et andet sidste tegn'],
        ['A', 'kun har et stort bogstav for et lille'],
      ] as const) {
        const next = ending(last, nedskrivning(stage.world, konto, 1n));
        assertOfItsOwn(await stage.execute(next), `en nedskrivning, hvis nøgle ${how},`);
      }
    },
  },
  {
    name: 'Den samme AnmodningIdentifikator fra to fagsystemer er to kommandoer',
    needs: all(recoverable, nedskriv, andetFagsystem),
    run: async (stage) => {
      const { world } = stage;
      const { myndighed, andetFagsystem: fagsystem } = world;
      const first = nedskrivning(world, stage.take('aabne'), RESTBELOEB_OERE);
      const { anmodningIdentifikator, transaktionsId } = first;
      assertArt(await stage.execute(first), 'udfoert', 'en nedskrivning');
      const other = nedskrivning({ fagsystem, myndighed }, stage.take('andetFagsystemsKonti'), RESTBELOEB_OERE + 1n);
      const noegle = idempotencyKey('handling', fagsystem, anmodningIdentifikator);
      const udfald = await stage.execute({ ...other, noegle, anmodningIdentifikator, transaktionsId });
      assertOfItsOwn(udfald, 'en nedskrivning med den samme AnmodningIdentifikator fra et andet fagsystem');
    },
  },
];

/** The last case: what the first command of the run got is remembered yet. */
export const FOERSTE_NOEGLE: ContractCase = {
  name: 'Kørslens første nøgle giver til sidst det samme udfald, hvor mange kommandoer der end er kommet siden',
  needs: all(recoverable, nedskriv),
  run: async (stage) => {
    const first = stage.first ?? assert.fail('ingen kommando har fået et udfald');
    const { command, udfald } = first;
    const what = `kørslens første nøgle, mindst ${await giveMany(stage)} kommandoer senere,`;
    if (stage.about.opslag) assertSameUdfald(await stage.lookup(command), udfald, `et opslag på ${what}`);
    if (stage.about.idempotent) assertSameUdfald(await stage.execute(command, { attempt: 2 }), udfald, what);
  },
};
