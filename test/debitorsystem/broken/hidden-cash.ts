/** Faults in what cash payments do, which show in the customer's saldo alone. */
import { type Command, IkkeUdfoert, type KontantIndbetalingCommand } from '../../../src/debitorsystem/debitorsystem.ts';
import { formatBeloeb } from '../../../src/domain/beloeb.ts';
import { KundeNummer } from '../../../src/domain/identer.ts';
import { another, type HiddenFault } from './in-front.ts';
import { type Parts, underKey, type Wrong } from './wrapped-simulator.ts';

type Execute = Parts['execute'];

/** Stands in front of the cash payments alone. */
function onCash(
  carryOut: (
    command: KontantIndbetalingCommand,
    execute: Execute,
    context: Parameters<Execute>[1],
  ) => ReturnType<Execute>,
): Wrong {
  return {
    breaks: ({ execute }) => ({
      execute: (command: Command, context) =>
        command.art === 'kontantIndbetaling' ? carryOut(command, execute, context) : execute(command, context),
    }),
  };
}

function withBeloeb(change: (oere: bigint) => bigint): Wrong {
  return onCash((command, execute, context) =>
    execute({ ...command, beloebOere: change(command.beloebOere) }, context),
  );
}

const FLYTTER = /^En kontant indbetaling flytter/;
const AFBRUDT = /^En kontant indbetaling, der afbrydes/;

export const HIDDEN_CASH: readonly HiddenFault[] = [
  [FLYTTER, 'bogfører intet', onCash(async () => ({ art: 'udfoert' })), /den er ikke bogført/],
  [
    FLYTTER,
    'bogfører to gange',
    onCash(async (command, execute, context) => {
      await execute(another(command), context);
      return execute(command, context);
    }),
    /den er bogført 2 gange/,
  ],
  [
    FLYTTER,
    'regner i kommatal',
    withBeloeb((oere) => BigInt(Math.floor(Number.parseFloat(formatBeloeb(oere)) * 100))),
    /skal kundens saldo være flyttet 4,35 kr\., men den er flyttet 4,34 kr\.: beløbet er rundet af/,
  ],
  [FLYTTER, 'ser ikke på fortegnet', withBeloeb((oere) => (oere < 0n ? -oere : oere)), /modsat fortegn/],
  [
    FLYTTER,
    'regner et negativt beløb for intet',
    withBeloeb((oere) => (oere < 0n ? 0n : oere)),
    /en indbetaling på -1,15 kr\..*ikke bogført/,
  ],
  [
    FLYTTER,
    'bogfører på en anden kunde',
    onCash((command, execute, context) => {
      const kundeNummer = new KundeNummer('0101701234');
      return execute({ ...command, kundeNummer, kundeType: 'CPR-Person' }, context);
    }),
    /ikke bogført|har flyttet en anden kundes saldo/,
  ],
  [
    FLYTTER,
    'har en saldo i kroner',
    { saldo: (saldoOere) => saldoOere / 100n },
    /flyttet 4,35 kr\., men den er flyttet 0,0/,
  ],
  [
    /^Den samme kontante indbetaling igen, også samtidig/,
    'giver det samme udfald, men bogfører igen',
    onCash(async (command, execute, context) => {
      if (context.attempt > 1) await execute(another(command), context);
      return execute(command, context);
    }),
    /efter den samme nøgle fire gange .*den er bogført 4 gange/,
  ],
  [
    /^En bogført kontant indbetaling står der efter en genstart/,
    'husker kun nøglerne, til den bliver stoppet',
    {
      breaks: ({ execute }, opening) => ({
        execute: (command, context) => execute(underKey(command, `aabning-${opening}`), context),
      }),
    },
    /efter en genstart og den samme nøgle igen .*den er bogført 2 gange/,
  ],
  [
    AFBRUDT,
    'bogfører, og siger IkkeUdfoert',
    onCash(async (command, execute, context) => {
      const udfald = await execute(another(command), { ...context, signal: new AbortController().signal });
      if (context.attempt === 1 && context.signal.aborted) throw new IkkeUdfoert('afbrudt', { forbigaaende: true });
      return udfald;
    }),
    /besvaret med IkkeUdfoert skal kundens saldo være flyttet|afbrudt efter/,
  ],
];
