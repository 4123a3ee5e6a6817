/** Cases: in time. Order on a debitorkonto, the deadline, start and stop. */
import assert from 'node:assert/strict';
import { all, type ContractCase, handlingstype, nedskriv, recoverable } from './case.ts';
import { indbetaling, nedskrivning, opskrivning } from './commands.ts';
import { type Answer, type Stage, within } from './stage.ts';
import { type KitKonto, RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 1_000n;
const HEALTH_LIMIT_MS = 1000;

/** After an attempt whose deadline had passed: nothing was lost, and nothing happened twice. */
async function assertSettled(stage: Stage, konto: KitKonto, command: ReturnType<typeof nedskrivning>, answer: Answer) {
  const udfald = await stage.settle(command, answer);
  assert.equal(udfald.art, 'udfoert', 'endte ikke som udført');
  await stage.assertRestbeloeb(konto, RESTBELOEB_OERE - BELOEB_OERE, 'efter fristen');
}

const RAEKKEFOELGE: ContractCase = {
  name: 'Hvad en kommando har gjort, ser den næste på samme debitorkonto',
  needs: all(nedskriv, handlingstype('OPSKRIV')),
  run: async (stage) => {
    const [konto, other] = [stage.take('aabne'), stage.take('aabne')];
    const most = RESTBELOEB_OERE - BELOEB_OERE;
    // Nobody waits for it until the steps are done, and what came of it shows in what is left to write down.
    const onOther = stage.ask(nedskrivning(stage.world, other, BELOEB_OERE)).catch((error: unknown) => error);
    const steps = [
      [nedskrivning(stage.world, konto, most), 'udfoert'],
      [nedskrivning(stage.world, konto, most), 'afvist'],
      [opskrivning(stage.world, konto, most), 'udfoert'],
      [nedskrivning(stage.world, konto, most), 'udfoert'],
    ] as const;
    for (const [index, [command, expected]] of steps.entries()) {
      const { art } = await stage.execute(command);
      assert.equal(art, expected, `skridt ${index + 1} gav ${art}: det, der skete før, kunne ikke ses`);
    }
    await onOther;
    await stage.assertRestbeloeb(konto, BELOEB_OERE, 'efter fire skridt');
    await stage.assertRestbeloeb(other, RESTBELOEB_OERE - BELOEB_OERE, 'på den anden debitorkonto');
  },
};

const FRIST: readonly ContractCase[] = [
  {
    name: 'En kommando, hvis frist er overskredet, får en sand besked: IkkeUdfoert lover, at intet er sket',
    needs: all(recoverable, nedskriv),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, konto, BELOEB_OERE);
      const answer = await stage.ask(command, { signal: AbortSignal.abort(), deadline: stage.postbox.ports.now() - 1 });
      await assertSettled(stage, konto, command, answer);
    },
  },
  {
    name: 'En kommando, der afbrydes undervejs, bliver afsluttet, og virkningen sker netop én gang',
    needs: all(recoverable, nedskriv),
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, konto, BELOEB_OERE);
      const controller = new AbortController();
      const asked = stage.ask(command, { signal: controller.signal });
      setImmediate(() => controller.abort());
      await assertSettled(stage, konto, command, await asked);
    },
  },
];

const START_OG_STOP: readonly ContractCase[] = [
  {
    name: 'Efter start siger health inden et sekund, at alt er vel',
    run: async (stage) => {
      const problem = await within('health() svarede ikke', HEALTH_LIMIT_MS, stage.health());
      assert.equal(problem, undefined, `health() melder en fejl: ${String(problem)}`);
    },
  },
  {
    name: 'Efter stop og start udføres kommandoer igen',
    run: async (stage) => {
      const [kunde] = stage.world.kunder;
      assert.ok(kunde !== undefined);
      await stage.execute(indbetaling(stage.world, kunde, 1n));
      await stage.restart();
      await stage.execute(indbetaling(stage.world, kunde, 1n));
    },
  },
];

export const FORLOEB: readonly ContractCase[] = [RAEKKEFOELGE, ...FRIST, ...START_OG_STOP];
