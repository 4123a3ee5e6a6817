/** Cases: the svar to what was accepted for later. Exactly one, reported until it is taken, whatever comes between. */
import assert from 'node:assert/strict';
import type { FordringId } from '../../domain/identer.ts';
import { all, type ContractCase, handlingstype, henstand, kills, restarts } from './case.ts';
import { afskrivning, henstandTil, named, whole } from './commands.ts';
import type { Stage } from './stage.ts';

const UKENDT = ['KIT-FINDES-IKKE' as FordringId];
/** Reports that the adapter can't record at first. */
const REFUSED_FOR_NOW = 2;

async function assertOneSvar(stage: Stage, command: ReturnType<typeof henstandTil>): Promise<void> {
  const svar = await stage.svarTo(command);
  assert.equal(svar.status, 'GENNEMFOERT', 'svaret er ikke GENNEMFOERT');
  for (const report of stage.postbox.reportsOf(command)) assert.deepEqual(report, svar, 'to forskellige svar');
}

export const SVAR: readonly ContractCase[] = [
  {
    name: 'Et svar rapporteres igen, til adapteren har kunnet bogføre det',
    needs: henstand,
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      stage.postbox.receive(command, (report) => (report <= REFUSED_FOR_NOW ? 'kan ikke nu' : 'modtag'));
      await stage.accept(command);
      await assertOneSvar(stage, command);
      assert.ok(stage.postbox.reportsOf(command).length > REFUSED_FOR_NOW);
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
      await stage.reportTried(reported);
      const next = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(next);
      await assertOneSvar(stage, next);
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
      assert.deepEqual(stage.postbox.complaints.slice(before), [], 'rapporterede, hvad ingen ventede på');
    },
  },
  {
    name: 'Et svar kommer, selv om debitorsystemet bliver genstartet, før det er udført',
    needs: all(restarts, henstand),
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(command);
      await stage.restart();
      await assertOneSvar(stage, command);
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
      await stage.reportTried(reported);
      await stage.restart();
      isAway = false;
      await assertOneSvar(stage, command);
    },
  },
  {
    name: 'Et svar kommer, selv om debitorsystemet bliver slået ihjel efter sit udfald',
    needs: all(kills, henstand),
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne')));
      await stage.accept(command);
      await stage.killAndStart();
      await assertOneSvar(stage, command);
    },
  },
  {
    name: 'Et svar melder en afskrivning på hele debitorkontoen udført én gang',
    needs: all(henstand, handlingstype('AFSKRIV')),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const once = afskrivning(stage.world, whole(konto));
      await stage.accept(once);
      await assertOneSvar(stage, once);
      const again = afskrivning(stage.world, whole(konto));
      const udfald = await stage.execute(again);
      const refused = udfald.art === 'afvist' || (await stage.svarTo(again)).status === 'AFVIST';
      assert.ok(refused, 'afskrev de samme fordringer to gange');
    },
  },
];
