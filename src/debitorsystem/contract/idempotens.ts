/** Cases: one key, one effect, one udfald; and what became of a key. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Command } from '../../domain/command.ts';
import { idempotencyKey } from '../../domain/command.ts';
import type { Udfald } from '../../domain/udfald.ts';
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
import { type Stage, within } from './stage.ts';
import { RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 1_000n;
const LEFT_OERE = RESTBELOEB_OERE - BELOEB_OERE;
/** Asked side by side with one and the same key. */
const SIDE_BY_SIDE = 5;
/** How long after the command was given the backend is killed; undefined: when it has answered. */
const KILL_AFTER_MS: readonly (number | undefined)[] = [undefined, 0, 1, 5, 20];
const KILL_ANSWER_MS = 30_000;

const EN_GANG = 'efter den samme nøgle igen';

async function sameAgain(stage: Stage, command: Command, first: Udfald): Promise<void> {
  const again = await stage.execute(command, { attempt: 2 });
  assert.deepEqual(again, first, 'den samme nøgle igen gav et andet udfald');
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
      await stage.assertRestbeloeb(konto, LEFT_OERE, EN_GANG);
    },
  },
  {
    name: 'Den samme nøgle igen giver den samme afvisning, også når handlingen nu er mulig',
    needs: all(idempotent, nedskriv, handlingstype('OPSKRIV')),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, konto, RESTBELOEB_OERE + BELOEB_OERE);
      const refused = await stage.execute(command);
      assert.equal(refused.art, 'afvist', 'nedskrev mere, end der skyldes');
      assert.equal((await stage.execute(opskrivning(stage.world, konto, BELOEB_OERE))).art, 'udfoert');
      await sameAgain(stage, command, refused);
      await stage.assertRestbeloeb(konto, RESTBELOEB_OERE + BELOEB_OERE, EN_GANG);
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
      assert.ok(one !== undefined, 'ingen af forsøgene fik et udfald');
      for (const other of udfald) assert.deepEqual(other, one, 'to forsøg med den samme nøgle fik forskellige udfald');
      await sameAgain(stage, command, one);
      await stage.assertRestbeloeb(konto, LEFT_OERE, 'efter den samme nøgle flere gange samtidig');
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
      assert.equal((await stage.execute(command, { attempt: 2 })).art, 'accepteretTilSenere', 'et andet udfald');
      const svar = await stage.svarTo(command);
      assert.equal(svar.status, 'GENNEMFOERT', 'svaret er ikke GENNEMFOERT');
      assert.equal(
        (await stage.execute(command, { attempt: 3 })).art,
        'accepteretTilSenere',
        'et andet udfald efter svaret',
      );
      // What a repeat set going is reported before what is given after it.
      const last = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(last);
      await stage.svarTo(last);
      for (const report of stage.postbox.reportsOf(command)) assert.deepEqual(report, svar, 'to forskellige svar');
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
      await stage.assertRestbeloeb(konto, LEFT_OERE, 'efter genstarten');
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
        assert.equal(udfald.art, 'udfoert', 'endte ikke som udført');
        await stage.assertRestbeloeb(konto, LEFT_OERE, 'efter at være slået ihjel');
      }
    },
  },
];

const OPSLAG: readonly ContractCase[] = [
  {
    name: 'Et opslag på en ukendt nøgle giver ingenting',
    needs: opslag,
    run: async (stage) => {
      const noegle = idempotencyKey('handling', stage.world.fagsystem, randomUUID());
      assert.equal(await stage.lookupKey(noegle), undefined, 'kendte en nøgle, der aldrig er sendt');
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
        assert.deepEqual(await stage.lookup(command), udfald, 'opslaget gav et andet udfald end kommandoen');
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
      assert.deepEqual(await stage.lookup(command), udfald, 'opslaget gav et andet udfald efter genstarten');
    },
  },
  {
    name: 'Et opslag, der intet finder, lover, at kommandoen heller ikke bliver udført',
    // One that recognises a repeated key is asked again instead, and is never looked up in.
    needs: all(opslag, (about) => (about.idempotent ? 'er idempotent: spørges igen i stedet' : undefined), nedskriv),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, konto, BELOEB_OERE);
      const controller = new AbortController();
      const asked = stage.ask(command, { signal: controller.signal });
      controller.abort();
      const [found, answer] = await Promise.all([stage.lookup(command), asked]);
      if (found === undefined) {
        assert.notEqual(answer.art, 'udfald', 'blev udført, efter at opslaget intet fandt');
        await stage.assertRestbeloeb(konto, RESTBELOEB_OERE, 'efter opslaget');
      } else {
        assert.equal(found.art, 'udfoert', 'opslaget gav ikke udført');
        await stage.assertRestbeloeb(konto, LEFT_OERE, 'efter opslaget');
      }
    },
  },
];

export const IDEMPOTENS: readonly ContractCase[] = [...IGEN, ...DRAEBT, ...OPSLAG];
