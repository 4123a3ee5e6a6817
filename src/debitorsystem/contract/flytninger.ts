/** What is moved between two debitorkonti or fordringer, and the look at both ends of it. For the cases of `handlingstyper.ts`. */
import type { HandlingCommand } from '../../domain/command.ts';
import { assertRefused, carryOut } from './carried-out.ts';
import { between, handlingCommand, moving, nedskrivning } from './commands.ts';
import { assertKredit, assertRestbeloeb, assertRestbeloebEach, canSee } from './effects.ts';
import type { Stage } from './stage.ts';
import { type KitKonto, RESTBELOEB_OERE } from './world.ts';

const OWED = RESTBELOEB_OERE;
/** In floating point neither is what it was when it is multiplied by a hundred. */
const BELOEB_OERE = 435n;
const LIDT_OERE = 29n;

/** A command that must succeed, and the look at what it has done, which is only taken where effects can be seen. */
export interface Given {
  readonly command: HandlingCommand;
  readonly look: () => Promise<void>;
}

/** Takes what it needs of the world. */
export type Prepare = (stage: Stage) => Given | Promise<Given>;

/** A fordring that owes a little less than a credit or a payment: something is left over. */
async function owingLess(stage: Stage): Promise<KitKonto> {
  const konto = stage.take('aabne');
  if (canSee(stage.about)) await carryOut(stage, nedskrivning(stage.world, konto, LIDT_OERE));
  return konto;
}

/** So much of what was paid is taken back from one fordring, and paid on another. */
export function omposter(stage: Stage): Given {
  const [fra, til] = [stage.take('betalte'), stage.take('aabne')];
  const command = handlingCommand(stage.world, 'OMPOSTER', moving(fra, til), { beloebOere: BELOEB_OERE });
  async function look(): Promise<void> {
    await assertRestbeloeb(stage, fra, BELOEB_OERE, 'efter OMPOSTER (fra)', { foerOere: 0n });
    await assertRestbeloeb(stage, til, OWED - BELOEB_OERE, 'efter OMPOSTER (til)');
  }
  return { command, look };
}

/** A credit pays as far as it reaches, and the rest of it stays. */
export async function udlign(stage: Stage): Promise<Given> {
  const fra = stage.take('kreditter');
  const til = await owingLess(stage);
  const command = handlingCommand(stage.world, 'UDLIGN', between(fra, til));
  async function look(): Promise<void> {
    await assertRestbeloeb(stage, til, 0n, 'efter UDLIGN', { foerOere: OWED - LIDT_OERE });
    await assertKredit(stage, fra, LIDT_OERE, 'efter UDLIGN');
    await assertKredit(stage, fra, 0n, 'efter UDLIGN af resten');
  }
  return { command, look };
}

/** All of a credit becomes credit elsewhere. */
export function overfoerKredit(stage: Stage): Given {
  const [fra, til] = [stage.take('kreditter'), stage.take('tomme')];
  const command = handlingCommand(stage.world, 'OVERFOER_INDBETALING', between(fra, til));
  async function look(): Promise<void> {
    await assertKredit(stage, fra, 0n, 'efter OVERFOER_INDBETALING (fra)');
    await assertKredit(stage, til, OWED, 'efter OVERFOER_INDBETALING (til)');
  }
  return { command, look };
}

/** All that was paid on one fordring pays another, and what is left over becomes credit of the other's debitorkonto. */
export async function overfoerBetalt(stage: Stage): Promise<Given> {
  const fra = stage.take('betalte');
  const til = await owingLess(stage);
  const command = handlingCommand(stage.world, 'OVERFOER_INDBETALING', moving(fra, til));
  async function look(): Promise<void> {
    const meaning = 'efter OVERFOER_INDBETALING';
    await assertRestbeloeb(stage, fra, OWED, `${meaning} (fra)`, { foerOere: 0n });
    await assertRestbeloeb(stage, til, 0n, `${meaning} (til)`, { foerOere: OWED - LIDT_OERE });
    await assertKredit(stage, til, LIDT_OERE, meaning);
  }
  return { command, look };
}

/** All open fordringer stand elsewhere, with what they owe, and no longer where they stood. */
export function overfoerFordring(stage: Stage): Given {
  const [fra, til] = [stage.take('flere'), stage.take('tomme')];
  const command: HandlingCommand = handlingCommand(stage.world, 'OVERFOER_FORDRING', between(fra, til));
  async function look(): Promise<void> {
    const gone = 'efter OVERFOER_FORDRING er fordringen der ikke længere';
    for (const fordring of fra.fordringer) {
      await assertRefused(stage, nedskrivning(stage.world, { ...fra, fordringer: [fordring] }, 1n), gone);
    }
    const moved = { debitorkonto: til.debitorkonto, fordringer: fra.fordringer };
    await assertRestbeloebEach(stage, moved, [OWED, OWED, OWED], 'efter OVERFOER_FORDRING');
  }
  return { command, look };
}
