/** Cases: one key, one effect, one udfald; and what became of a key. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Command } from '../../domain/command.ts';
import { idempotencyKey } from '../../domain/command.ts';
import type { Udfald } from '../../domain/udfald.ts';
import { textOf } from '../guarded.ts';
import { assertOneSvar } from './carried-out.ts';
import {
  all,
  type ContractCase,
  handlingstype,
  henstand,
  idempotent,
  kills,
  nedskriv,
  opslag,
  recoverable,
  restarts,
} from './case.ts';
import { afskrivning, henstandTil, indbetaling, named, nedskrivning, opskrivning, whole } from './commands.ts';
import { assertRestbeloeb } from './effects.ts';
import { assertArt, assertSameUdfald, assertStatus, saidUdfald } from './outcomes.ts';
import { pause, type Stage, within } from './stage.ts';
import { RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 435n;
const LEFT_OERE = RESTBELOEB_OERE - BELOEB_OERE;
/** Asked side by side with one and the same key. */
const SIDE_BY_SIDE = 5;
/** How long after the command was given the backend is killed; undefined: when it has answered. */
const KILL_AFTER_MS: readonly (number | undefined)[] = [undefined, 0, 1, 5, 20];
const KILL_ANSWER_MS = 30_000;

/**
 * How long after the command was given its key is looked up; undefined: at once, and the adapter has given it up. Otherwise long
 * enough for a command to have come before its look-up, on whatever connection.
 */
const LOOKED_UP_AFTER_MS: readonly (number | undefined)[] = [undefined, 25, 50];

/** With a little longer between each two. */
const MAX_LOOKUPS = 4;
const LOOKUP_PAUSE_MS = 100;

const EN_GANG = 'efter den samme nøgle to gange';

async function sameAgain(stage: Stage, command: Command, first: Udfald): Promise<void> {
  assertSameUdfald(await stage.execute(command, { attempt: 2 }), first, 'den samme nøgle igen');
}

const firstKunde = (stage: Stage) => stage.world.kunder[0] ?? { kundeType: 'CVR-Virksomhed', kundeNummer: '12345678' };

const IGEN: readonly ContractCase[] = [
  {
    name: 'Den samme nøgle igen giver det samme udfald og ingen ny virkning',
    needs: all(idempotent, nedskriv),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, konto, BELOEB_OERE);
      await sameAgain(stage, command, await stage.execute(command));
      await assertRestbeloeb(stage, konto, LEFT_OERE, EN_GANG);
    },
  },
  {
    name: 'Den samme nøgle igen giver den samme afvisning, også når handlingen nu er mulig',
    needs: all(idempotent, nedskriv, handlingstype('OPSKRIV')),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, konto, RESTBELOEB_OERE + BELOEB_OERE);
      const refused = await stage.execute(command);
      assertArt(refused, 'afvist', 'en nedskrivning med mere, end der skyldes,');
      assertArt(await stage.execute(opskrivning(stage.world, konto, BELOEB_OERE)), 'udfoert', 'en opskrivning');
      await sameAgain(stage, command, refused);
      const what = 'efter en opskrivning og den afviste nedskrivnings nøgle igen';
      await assertRestbeloeb(stage, konto, RESTBELOEB_OERE + BELOEB_OERE, what);
    },
  },
  {
    name: 'Den samme nøgle flere gange samtidig har én virkning og giver ét udfald',
    needs: all(idempotent, nedskriv),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, konto, BELOEB_OERE);
      const attempts = Array.from({ length: SIDE_BY_SIDE }, (_, index) => index + 1);
      const answers = await Promise.all(attempts.map((attempt) => stage.ask(command, { attempt })));
      const udfald = answers.flatMap((answer) => (answer.art === 'udfald' ? [answer.udfald] : []));
      const [one] = udfald;
      assert.ok(one !== undefined, `ingen af ${SIDE_BY_SIDE} samtidige forsøg med den samme nøgle fik et udfald`);
      for (const other of udfald) assertSameUdfald(other, one, 'et samtidigt forsøg med den samme nøgle');
      await sameAgain(stage, command, one);
      await assertRestbeloeb(stage, konto, LEFT_OERE, 'efter den samme nøgle flere gange samtidig');
    },
  },
  {
    name: 'Den samme kontante indbetaling igen giver det samme udfald',
    needs: idempotent,
    run: async (stage) => {
      const command = indbetaling(stage.world, firstKunde(stage), BELOEB_OERE);
      await sameAgain(stage, command, await stage.execute(command));
    },
  },
  {
    name: 'Den samme nøgle igen for det, der er accepteret til senere, giver ét svar',
    needs: all(idempotent, henstand),
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(command);
      const again = await stage.execute(command, { attempt: 2 });
      assertArt(again, 'accepteretTilSenere', 'den samme nøgle igen');
      const svar = await stage.svarTo(command);
      assertStatus(svar, 'GENNEMFOERT', 'HENSTAND');
      const late = await stage.execute(command, { attempt: 3 });
      assertArt(late, 'accepteretTilSenere', 'den samme nøgle igen, efter at svaret er meldt,');
      // What a repeat set going is reported before what is given after it.
      const last = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(last);
      await stage.svarTo(last);
      assertOneSvar(stage, command, svar);
    },
  },
  {
    name: 'Den samme nøgle efter en genstart giver det samme udfald og ingen ny virkning',
    needs: all(idempotent, restarts, nedskriv),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, konto, BELOEB_OERE);
      const payment = indbetaling(stage.world, firstKunde(stage), BELOEB_OERE);
      const udfald = await stage.execute(command);
      const paid = await stage.execute(payment);
      await stage.restart();
      await sameAgain(stage, command, udfald);
      await sameAgain(stage, payment, paid);
      await assertRestbeloeb(stage, konto, LEFT_OERE, 'efter genstarten');
    },
  },
];

const DRAEBT: readonly ContractCase[] = [
  {
    name: 'Slået ihjel mellem virkning og udfald: virkningen sker netop én gang',
    needs: all(kills, recoverable, nedskriv),
    run: async (stage) => {
      for (const afterMs of KILL_AFTER_MS) {
        const konto = stage.take('aabne');
        const command = nedskrivning(stage.world, konto, BELOEB_OERE);
        const asked = stage.ask(command).catch(() => undefined);
        if (afterMs === undefined) await asked;
        else await new Promise((resolve) => setTimeout(resolve, afterMs));
        await stage.killAndStart();
        await within('den dræbte kommando blev ikke afsluttet', KILL_ANSWER_MS, asked);
        // Whatever was answered is taken as lost.
        const udfald = await stage.settle(command, { art: 'ukendt', kastet: 'dræbt' });
        assertArt(udfald, 'udfoert', 'en nedskrivning, som debitorsystemet blev slået ihjel under,');
        await assertRestbeloeb(stage, konto, LEFT_OERE, 'efter at være slået ihjel');
      }
    },
  },
];

/** While a command is under way it may be that nothing can be told of it yet. */
async function patientLookup(stage: Stage, command: Command, when: string): Promise<Udfald | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await stage.lookup(command);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      if (attempt === MAX_LOOKUPS) assert.fail(`${when} kastede ${MAX_LOOKUPS} gange i træk: ${textOf(error)}`);
      await pause(attempt * LOOKUP_PAUSE_MS);
    }
  }
}

/** A key is looked up while its command may be under way. */
async function lookedUpMeanwhile(stage: Stage, afterMs: number | undefined): Promise<void> {
  const konto = stage.take('aabne');
  const command = nedskrivning(stage.world, konto, BELOEB_OERE);
  const controller = new AbortController();
  const asked = stage.ask(command, { signal: controller.signal });
  // Looked at below; it may fail before that.
  asked.catch(() => undefined);
  if (afterMs === undefined) controller.abort();
  else await pause(afterMs);
  const when = `et opslag ${afterMs === undefined ? 'straks' : `${afterMs} ms`} efter kommandoen`;
  const [found, answer] = await Promise.all([patientLookup(stage, command, when), asked]);
  if (found === undefined) {
    const said = answer.art === 'udfald' ? saidUdfald(answer.udfald) : '';
    assert.ok(said === '', `${when} fandt intet, men den blev bagefter ${said}`);
    await assertRestbeloeb(stage, konto, RESTBELOEB_OERE, `efter ${when}, der intet fandt,`);
  } else {
    assertArt(found, 'udfoert', when);
    await assertRestbeloeb(stage, konto, LEFT_OERE, `efter ${when}`);
  }
}

const OPSLAG: readonly ContractCase[] = [
  {
    name: 'Et opslag på en ukendt nøgle giver ingenting',
    needs: opslag,
    run: async (stage) => {
      const noegle = idempotencyKey('handling', stage.world.fagsystem, randomUUID());
      const found = await stage.lookupKey(noegle);
      assert.ok(found === undefined, 'et opslag på en nøgle, der aldrig er sendt, gav et udfald');
    },
  },
  {
    name: 'Et opslag giver det udfald, som kommandoen fik: udført, afvist og accepteret til senere',
    needs: all(opslag, nedskriv),
    run: async (stage) => {
      const commands: Command[] = [
        nedskrivning(stage.world, stage.take('aabne'), BELOEB_OERE),
        nedskrivning(stage.world, stage.take('aabne'), RESTBELOEB_OERE + 1n),
        indbetaling(stage.world, firstKunde(stage), BELOEB_OERE),
      ];
      if (stage.world.handlingstyper.includes('AFSKRIV') && stage.about.svarformer.includes('SENERE')) {
        commands.push(afskrivning(stage.world, whole(stage.take('aabne'))));
      }
      for (const command of commands) {
        const udfald = await stage.execute(command);
        assertSameUdfald(await stage.lookup(command), udfald, 'et opslag');
      }
    },
  },
  {
    name: 'Et opslag efter en genstart giver det samme udfald',
    needs: all(opslag, restarts, nedskriv),
    run: async (stage) => {
      const command = nedskrivning(stage.world, stage.take('aabne'), BELOEB_OERE);
      const udfald = await stage.execute(command);
      await stage.restart();
      assertSameUdfald(await stage.lookup(command), udfald, 'et opslag efter en genstart');
    },
  },
  {
    name: 'Et opslag, der intet finder, lover, at kommandoen heller ikke bliver udført',
    // Also of one that recognises a repeated key: what it declares must hold.
    needs: all(opslag, nedskriv),
    run: async (stage) => {
      for (const afterMs of LOOKED_UP_AFTER_MS) await lookedUpMeanwhile(stage, afterMs);
    },
  },
];

export const IDEMPOTENS: readonly ContractCase[] = [...IGEN, ...DRAEBT, ...OPSLAG];
