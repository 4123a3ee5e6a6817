/**
 * Whether an IkkeUdfoert was true: it promises that nothing was carried out. Asked when it has failed a case already, so that the
 * reason says the worse of two faults.
 */
import type { HandlingCommand } from '../../domain/command.ts';
import type { Unanswered } from './answer.ts';
import { nedskrivning } from './commands.ts';
import type { Stage } from './stage.ts';
import { type KitKonto, RESTBELOEB_OERE } from './world.ts';

/** What is owed afterwards on a fordring of the world, which owed {@link RESTBELOEB_OERE}; undefined where that is not seen. */
function afterwardsOere({ handlingstype, parametre: { beloebOere = 0n } }: HandlingCommand): bigint | undefined {
  if (beloebOere === 0n) return undefined;
  if (handlingstype === 'NEDSKRIV') return RESTBELOEB_OERE - beloebOere;
  return handlingstype === 'OPSKRIV' ? RESTBELOEB_OERE + beloebOere : undefined;
}

async function owes(stage: Stage, konto: KitKonto, command: HandlingCommand, oere: bigint): Promise<boolean> {
  const more = await stage.ask(nedskrivning(command, konto, oere + 1n));
  if (more.art !== 'udfald' || more.udfald.art !== 'afvist') return false;
  const all = await stage.ask(nedskrivning(command, konto, oere > 0n ? oere : 1n));
  return all.art === 'udfald' && all.udfald.art === (oere > 0n ? 'udfoert' : 'afvist');
}

async function hasEffect(stage: Stage, command: HandlingCommand): Promise<boolean> {
  const { handling } = command;
  const oere = afterwardsOere(command);
  const [fordring] = handling.variant === 2 ? handling.fordringer : [];
  if (handling.variant !== 2 || fordring === undefined || oere === undefined || oere < 0n) return false;
  const isOpen = stage.world.aabne.some(({ debitorkonto }) => debitorkonto === handling.debitorkonto);
  if (!isOpen || !stage.isFirstOn(handling.debitorkonto, command)) return false;
  return owes(stage, { debitorkonto: handling.debitorkonto, fordringer: [fordring] }, command, oere);
}

/** What there is to add about an answer that was no udfald; '' where nothing is known against it. */
export async function exposed(stage: Stage, { command, answer }: Unanswered): Promise<string> {
  if (answer.art !== 'ikkeUdfoert') return '';
  try {
    const found = stage.about.opslag ? await stage.lookup(command) : undefined;
    if (found?.art === 'udfoert') return '; men virkningen er sket: et opslag på nøglen siger udført';
    const isDone = command.art === 'handling' && (await hasEffect(stage, command));
    return isDone ? '; men virkningen er sket: det ses af, hvad der skyldes på fordringen' : '';
  } catch {
    return '';
  }
}
