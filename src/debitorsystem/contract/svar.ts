/** Cases: the svar to what was accepted for later. Exactly one, reported until it is taken, whatever comes between. */
import assert from 'node:assert/strict';
import type { HandlingCommand } from '../../domain/command.ts';
import type { FordringId } from '../../domain/identer.ts';
import { assertOneSvar, assertRefused, carryOut } from './carried-out.ts';
import { all, type ContractCase, handlingstype, henstand, kills, restarts } from './case.ts';
import { afskrivning, henstandTil, named, whole } from './commands.ts';
import { assertStatus } from './outcomes.ts';
import type { Stage } from './stage.ts';

const UKENDT = ['KIT-FINDES-IKKE' as FordringId];
/** Reports that the adapter can't record at first. */
const REFUSED_FOR_NOW = 2;

async function assertGennemfoert(stage: Stage, command: HandlingCommand): Promise<void> {
  const svar = await stage.svarTo(command);
  assertStatus(svar, 'GENNEMFOERT', command.handlingstype);
  assertOneSvar(stage, command, svar);
}

/** The fordringer that the debitorsystem says that it has given henstand, of some that can't all be given it. */
async function givenHenstand(stage: Stage, command: HandlingCommand): Promise<readonly FordringId[]> {
  const udfald = await stage.execute(command);
  if (udfald.art === 'afvist') return [];
  assert.ok(udfald.art !== 'udfoert', `${UMULIG}, men den blev udført for dem alle`);
  const { status, resultat } = await stage.svarTo(command);
  assert.ok(status !== 'GENNEMFOERT', `${UMULIG}, men svaret er GENNEMFOERT`);
  if (status === 'AFVIST') return [];
  const lines = resultat?.fordringer ?? [];
  const given = lines.flatMap(({ fordring, resultat: line }) => (line === 'GENNEMFOERT' ? [fordring] : []));
  assert.ok(given.length > 0, 'svaret er DELVIST_GENNEMFOERT, men nævner ingen fordring, hvor det er sket');
  return given;
}

const UMULIG = 'henstand kan ikke gives på den ene af tre fordringer';

const DELVIST: ContractCase = {
  name: 'Et svar, der kun er delvist, nævner de fordringer, hvor det er sket, og kun dér er det sket',
  needs: henstand,
  run: async (stage) => {
    const konto = stage.take('flere');
    const [first, ...rest] = konto.fordringer;
    assert.ok(first !== undefined, 'kittets verden: flere skal have fordringer');
    await carryOut(stage, henstandTil(stage.world, named(konto, [first])));
    const given = await givenHenstand(stage, henstandTil(stage.world, named(konto)));
    assert.ok(!given.includes(first), `${UMULIG}, men netop den er meldt GENNEMFOERT`);
    for (const fordring of rest) {
      const again = henstandTil(stage.world, named(konto, [fordring]));
      if (given.includes(fordring)) await assertRefused(stage, again, 'det delvise svar melder henstand på fordringen');
      else await carryOut(stage, again);
    }
  },
};

/** Clocks of two machines may differ a little. */
const CLOCK_MS = 60_000;

const TID: ContractCase = {
  name: 'Et svars tid er, da det blev afgjort: mellem kommandoen og svaret, på et minut nær',
  needs: henstand,
  run: async (stage) => {
    const command = henstandTil(stage.world, named(stage.take('aabne')));
    const from = Date.now();
    await stage.accept(command);
    const { tid } = await stage.svarTo(command);
    const hint = 'er det dansk tid, hvor det skal være UTC?';
    const early = Math.round((from - tid) / 1000);
    assert.ok(tid >= from - CLOCK_MS, `svarets tid er ${early} sekunder, før kommandoen blev givet: ${hint}`);
    const now = Date.now();
    const late = Math.round((tid - now) / 1000);
    assert.ok(tid <= now + CLOCK_MS, `svarets tid er ${late} sekunder ude i fremtiden: ${hint}`);
  },
};

export const SVAR: readonly ContractCase[] = [
  DELVIST,
  TID,
  {
    name: 'Et svar rapporteres igen, til adapteren har kunnet bogføre det',
    needs: henstand,
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      stage.postbox.receive(command, (report) => (report <= REFUSED_FOR_NOW ? 'kan ikke nu' : 'modtag'));
      await stage.accept(command);
      await assertGennemfoert(stage, command);
      const reports = stage.postbox.reportsOf(command).length;
      assert.ok(
        reports > REFUSED_FOR_NOW,
        `svaret kunne ikke bogføres ${REFUSED_FOR_NOW} gange, men er kun meldt ${reports}`,
      );
    },
  },
  {
    name: 'Et svar, som adapteren afviser for stedse, standser ikke de andre',
    needs: henstand,
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      const reported = new Promise<void>((resolve) => {
        stage.postbox.receive(command, () => {
          resolve();
          return 'afvis';
        });
      });
      await stage.accept(command);
      await stage.reportTried(command, reported);
      const next = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(next);
      await assertGennemfoert(stage, next);
    },
  },
  {
    name: 'Et svar hører til netop det, der er accepteret til senere, også når det kommer før udfaldet',
    needs: henstand,
    run: async (stage) => {
      const before = stage.postbox.complaints.length;
      const unknown = named(stage.take('aabne'), UKENDT);
      const commands = [
        henstandTil(stage.world, named(stage.take('aabne'))),
        henstandTil(stage.world, unknown),
        henstandTil(stage.world, whole(stage.take('aabne'))),
      ];
      const udfald = await Promise.all(commands.map((command) => stage.execute(command)));
      for (const [index, command] of commands.entries()) {
        if (udfald[index]?.art === 'accepteretTilSenere') await stage.svarTo(command);
      }
      // Reported behind anything that was set going by the commands before it.
      const last = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(last);
      await stage.svarTo(last);
      const [complaint] = stage.postbox.complaints.slice(before);
      assert.ok(complaint === undefined, `debitorsystemet rapporterede ${complaint}`);
    },
  },
  {
    name: 'Et svar kommer, selv om debitorsystemet bliver genstartet, før det er udført',
    needs: all(restarts, henstand),
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(command);
      await stage.restart();
      await assertGennemfoert(stage, command);
    },
  },
  {
    name: 'Et svar kommer, selv om adapteren er væk, når det skal rapporteres',
    needs: all(restarts, henstand),
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      let isAway = true;
      const reported = new Promise<void>((resolve) => {
        stage.postbox.receive(command, () => {
          resolve();
          return isAway ? 'kan ikke nu' : 'modtag';
        });
      });
      await stage.accept(command);
      await stage.reportTried(command, reported);
      await stage.restart();
      isAway = false;
      await assertGennemfoert(stage, command);
    },
  },
  {
    name: 'Et svar kommer, selv om debitorsystemet bliver slået ihjel efter sit udfald',
    needs: all(kills, henstand),
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(command);
      await stage.killAndStart();
      await assertGennemfoert(stage, command);
    },
  },
  {
    name: 'Et svar melder en afskrivning på hele debitorkontoen udført én gang',
    needs: all(henstand, handlingstype('AFSKRIV')),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const once = afskrivning(stage.world, whole(konto));
      await stage.accept(once);
      await assertGennemfoert(stage, once);
      await assertRefused(stage, afskrivning(stage.world, whole(konto)), 'fordringerne er afskrevet i forvejen');
    },
  },
];
