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

/** Knows what it has booked by something else than the key. */
function knownBy(what: (command: KontantIndbetalingCommand) => string | undefined): Wrong {
  const known = new Set<string>();
  return onCash(async (command, execute, context) => {
    const id = what(command);
    if (id !== undefined && known.has(id)) return { art: 'udfoert' };
    if (id !== undefined) known.add(id);
    return execute(command, context);
  });
}

const TO_FAGSYSTEMER = /^Den samme kontante indbetaling, med samme EksternID/;
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
    TO_FAGSYSTEMER,
    'kender en indbetaling på dens id, uden fagsystemet',
    knownBy(({ noegle }) => noegle.split(':').at(-1)),
    /efter den samme indbetaling fra et andet fagsystem .*ikke bogført/,
  ],
  [
    TO_FAGSYSTEMER,
    'bogfører et EksternID én gang',
    knownBy(({ online }) => online?.eksternId),
    /efter den samme indbetaling fra et andet fagsystem .*ikke bogført/,
  ],
  [
    /^Et nul forrest i kundens nummer/,
    'regner kundenumre for tal',
    // As it shows where the saldo is asked for by the same number: both customers have the one saldo.
    onCash(async (command, execute, context) => {
      const digits = command.kundeNummer.reveal();
      if (!command.kundeType.startsWith('AKR')) return execute(command, context);
      const other = digits.startsWith('0') ? String(Number(digits)) : digits.padStart(10, '0');
      await execute(another({ ...command, kundeNummer: new KundeNummer(other) }), context);
      return execute(command, context);
    }),
    /og ingen til den, hvis nummer er det samme uden nullerne, skal .* bogført noget, hvor intet skulle bogføres/,
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
