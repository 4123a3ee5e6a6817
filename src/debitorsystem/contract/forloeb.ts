/** Cases: in time. Order on a debitorkonto, the deadline, start and stop. */
import assert from 'node:assert/strict';
import type { HandlingCommand } from '../../domain/command.ts';
import type { Answer } from './answer.ts';
import { assertOneSvar } from './carried-out.ts';
import { all, type ContractCase, handlingstype, henstand, nedskriv, recoverable } from './case.ts';
import { afskrivning, henstandTil, indbetaling, nedskrivning, opskrivning, whole } from './commands.ts';
import { assertRestbeloeb, canSee } from './effects.ts';
import { assertArt, assertStatus } from './outcomes.ts';
import { pause, type Stage, within } from './stage.ts';
import { SkipCase } from './subject.ts';
import { type KitKonto, RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 820n;
const LEFT_OERE = RESTBELOEB_OERE - BELOEB_OERE;
const HEALTH_LIMIT_MS = 1000;
/** How long after the command was given the adapter stops waiting; undefined: before it was given. */
const ABORT_AFTER_MS: readonly (number | undefined)[] = [undefined, 0, 1, 5, 20];
/** What is carried out in spite of an IkkeUdfoert has so long to show. */
const AFTERWARDS_MS = 300;

/** One attempt that the adapter stopped waiting for. */
interface Attempt {
  readonly konto: KitKonto;
  readonly command: HandlingCommand;
  readonly answer: Answer;
  readonly when: string;
}

async function aborted(stage: Stage, afterMs: number | undefined): Promise<Attempt> {
  const konto = stage.take('aabne');
  const command = nedskrivning(stage.world, konto, BELOEB_OERE);
  if (afterMs === undefined) {
    const late = { signal: AbortSignal.abort(), deadline: stage.postbox.ports.now() - 1 };
    return { konto, command, answer: await stage.ask(command, late), when: 'efter fristen' };
  }
  const controller = new AbortController();
  const asked = stage.ask(command, { signal: controller.signal });
  if (afterMs > 0) await pause(afterMs);
  controller.abort();
  return { konto, command, answer: await asked, when: `efter at være afbrudt efter ${afterMs} ms` };
}

/** One after the other: a backend need not work side by side. */
async function abortedAll(stage: Stage): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (const afterMs of ABORT_AFTER_MS) attempts.push(await aborted(stage, afterMs));
  return attempts;
}

/** Nothing was lost, and nothing happened twice. */
async function assertSettled(stage: Stage, { konto, command, answer, when }: Attempt): Promise<void> {
  assertArt(await stage.settle(command, answer), 'udfoert', `nedskrivningen ${when}`);
  await assertRestbeloeb(stage, konto, LEFT_OERE, when);
}

const RAEKKEFOELGE: ContractCase = {
  name: 'Hvad en kommando har gjort, ser den næste på samme debitorkonto',
  needs: all(nedskriv, handlingstype('OPSKRIV')),
  run: async (stage) => {
    const [konto, other] = [stage.take('aabne'), stage.take('aabne')];
    // Nobody waits for it until the steps are done, and what came of it shows in what is left to write down.
    const onOther = stage.ask(nedskrivning(stage.world, other, BELOEB_OERE)).catch((error: unknown) => error);
    const steps = [
      [nedskrivning(stage.world, konto, LEFT_OERE), 'udfoert'],
      [nedskrivning(stage.world, konto, LEFT_OERE), 'afvist'],
      [opskrivning(stage.world, konto, LEFT_OERE), 'udfoert'],
      [nedskrivning(stage.world, konto, LEFT_OERE), 'udfoert'],
    ] as const;
    for (const [index, [command, expected]] of steps.entries()) {
      const what = `skridt ${index + 1} af 4 (${command.handlingstype}), der skal se det forrige,`;
      assertArt(await stage.execute(command), expected, what);
    }
    await onOther;
    await assertRestbeloeb(stage, konto, BELOEB_OERE, 'efter fire skridt');
    await assertRestbeloeb(stage, other, LEFT_OERE, 'på den anden debitorkonto');
  },
};

const TO_SENERE: ContractCase = {
  name: 'To, der er accepteret til senere på samme debitorkonto, får hver sit svar, i en hvilken som helst rækkefølge',
  needs: all(henstand, handlingstype('AFSKRIV')),
  run: async (stage) => {
    const konto = stage.take('aabne');
    const first = henstandTil(stage.world, whole(konto));
    const second = afskrivning(stage.world, whole(konto));
    await stage.accept(first);
    const udfald = await stage.execute(second);
    if (udfald.art === 'accepteretTilSenere') {
      const svar = await stage.svarTo(second);
      assertStatus(svar, 'GENNEMFOERT', 'AFSKRIV');
      assertOneSvar(stage, second, svar);
    } else assertArt(udfald, 'udfoert', 'AFSKRIV efter en HENSTAND, der endnu ikke er udført,');
    // Whether there was a claim left to give henstand to depends on which of them was carried out first.
    assertOneSvar(stage, first, await stage.svarTo(first));
    if (canSee(stage.about)) await assertRestbeloeb(stage, konto, 0n, 'efter AFSKRIV');
  },
};

const FRIST: readonly ContractCase[] = [
  {
    name: 'En kommando, hvis frist er overskredet, eller som afbrydes, får en sand besked: IkkeUdfoert lover, at intet sker',
    needs: nedskriv,
    run: async (stage) => {
      const refused = (await abortedAll(stage)).filter(({ answer }) => answer.art === 'ikkeUdfoert');
      if (refused.length === 0) throw new SkipCase('er ikke prøvet: debitorsystemet svarede aldrig IkkeUdfoert');
      await pause(AFTERWARDS_MS);
      for (const { konto, command, when } of refused) {
        const what = `${when} svarede debitorsystemet IkkeUdfoert`;
        const found = stage.about.opslag ? await stage.lookup(command) : undefined;
        assert.ok(found === undefined, `${what}, men et opslag ${AFTERWARDS_MS} ms senere finder et udfald`);
        await assertRestbeloeb(stage, konto, RESTBELOEB_OERE, `${what}, så bagefter`);
      }
    },
  },
  {
    name: 'En kommando, hvis frist er overskredet, eller som afbrydes undervejs, bliver afsluttet, og virkningen sker netop én gang',
    needs: all(recoverable, nedskriv),
    run: async (stage) => {
      for (const attempt of await abortedAll(stage)) await assertSettled(stage, attempt);
    },
  },
];

const START_OG_STOP: readonly ContractCase[] = [
  {
    name: 'Efter start siger health inden et sekund, at alt er vel',
    run: async (stage) => {
      const problem = await within('health() svarede ikke', HEALTH_LIMIT_MS, stage.health());
      assert.ok(problem === undefined, `health() melder en fejl efter start: ${String(problem)}`);
    },
  },
  {
    name: 'Efter stop og start udføres kommandoer igen',
    run: async (stage) => {
      const [kunde] = stage.world.kunder;
      assert.ok(kunde !== undefined, 'kittets verden: kunder mangler');
      await stage.execute(indbetaling(stage.world, kunde, 1n));
      await stage.restart();
      await stage.execute(indbetaling(stage.world, kunde, 1n));
    },
  },
];

export const FORLOEB: readonly ContractCase[] = [RAEKKEFOELGE, TO_SENERE, ...FRIST, ...START_OG_STOP];
