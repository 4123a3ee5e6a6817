/** The commands by which a person changes something: how they are called. What they do stands in commands/. */
import type { Command } from 'commander';
import { type FejlkoeActionChoice, fejlkoeDiscard, fejlkoeReplay } from './commands/fejlkoe-actions.ts';
import type { LedgerChoice } from './commands/read-ledger.ts';
import { type ResolveChoice, resolve, SOM } from './commands/resolve.ts';
import { STATUS, type SvarChoice, svar } from './commands/svar.ts';
import { redeliver } from './commands/uleveret.ts';
import { example, ledgerOption, oneOf, type Presenter, whole } from './presenter.ts';
import type { Terminal } from './terminal.ts';

/** Adds what a command by which a person changes something asks for. */
function byPerson(command: Command): Command {
  return command
    .option('--hvem <navn>', 'hvem der har afgjort det; står i historikken')
    .option('--hvorfor <tekst>', 'hvad der er set, og hvor; står i historikken')
    .addOption(ledgerOption());
}

/** An option that can be given again and again. */
const several = (text: string, earlier: readonly string[] = []): readonly string[] => [...earlier, text];

/** `i-tvivl resolve`. */
export function addResolve(tvivl: Command, presenter: Presenter): void {
  example(
    byPerson(
      tvivl
        .command('resolve')
        .description(
          'afgør én, når du har set efter i debitorsystemet; adapteren sender svaret og går videre med linjen',
        )
        .argument('<id>', 'AnmodningIdentifikator; for en kontant indbetaling TransaktionsID')
        .requiredOption(
          '--som <udfald>',
          'udfoert, accepteret (til senere), afvist, fejlet (for altid) eller igen',
          oneOf(SOM),
        )
        .option('--fagsystem <id>', 'når flere fagsystemer har brugt det samme id')
        .option('--reference <tekst>', 'med udfoert: debitorsystemets reference')
        .option('--fordring <id[=beløb]>', 'med udfoert: en fordring, der er gennemført; kan gentages', several)
        .option(
          '--fejl <kode[=tekst]>',
          'med afvist: grunden, DA-201 til DA-204 eller debitorsystemets egen; kan gentages',
          several,
        )
        .option('--vis', 'vis kun, hvad der ville blive sendt; ændrer intet'),
    ),
    'debitor-adapter i-tvivl resolve 5f0c8a17-3e2b-4d96-a1f4-000000000002 --som udfoert --reference BILAG-7 \\',
    "  --hvem 'Anne Hansen' --hvorfor 'bogført i debitorsystemet kl. 10.12'",
    '',
    'udfoert     er udført: ACCEPTERET, og for svarform SENERE både MODTAGET og svaret',
    'accepteret  debitorsystemet har taget imod den og svarer senere: MODTAGET (kun svarform SENERE)',
    'afvist      debitorsystemet har afvist den, og intet er udført: AFVIST med --fejl',
    'fejlet      intet er udført, og det bliver det heller ikke: FEJLET, endeligt',
    'igen        intet er udført med sikkerhed: debitorsystemet spørges igen med samme nøgle',
  ).action(presenter.run((command) => resolve(command.args[0] ?? '', command.opts<ResolveChoice>())));
}

/** `svar`. */
export function addSvar(program: Command, presenter: Presenter): void {
  example(
    byPerson(
      program
        .command('svar')
        .description('meld svaret på en anmodning, der er accepteret til senere, når debitorsystemet ikke selv kan')
        .argument('<id>', 'AnmodningIdentifikator')
        .requiredOption('--status <status>', Object.keys(STATUS).join(', '), oneOf(STATUS))
        .option('--fagsystem <id>', 'når flere fagsystemer har brugt det samme id')
        .option('--begrundelse <tekst>', 'til fagsystemets sagsbehandler')
        .option('--reference <tekst>', 'debitorsystemets reference')
        .option('--fordring <id[=beløb]>', 'en fordring, der er gennemført; kan gentages', several)
        .option('--afvist-fordring <id=kode[=tekst]>', 'en fordring, der er afvist; kan gentages', several)
        .option('--fejl <kode[=tekst]>', 'grunden, når det er afvist eller fejlet; kan gentages', several)
        .option('--vis', 'vis kun, hvad der ville blive sendt; ændrer intet'),
    ),
    'debitor-adapter svar 5f0c8a17-3e2b-4d96-a1f4-000000000002 --status GENNEMFOERT \\',
    "  --hvem 'Anne Hansen' --hvorfor 'brev fra debitorsystemet af 12. november'",
  ).action(presenter.run((command) => svar(command.args[0] ?? '', command.opts<SvarChoice>())));
}

/** `uleveret redeliver`. */
export function addRedeliver(uleverede: Command, presenter: Presenter): void {
  example(
    uleverede
      .command('redeliver')
      .description('forsøg at aflevere dem nu; ellers forsøges de af sig selv inden for et minut')
      .argument('[nr]', 'nummeret i uleveret list; alle, når det udelades', whole(1, Number.MAX_SAFE_INTEGER))
      .addOption(ledgerOption()),
    'debitor-adapter uleveret redeliver',
    'debitor-adapter uleveret redeliver 17',
  ).action(
    presenter.run((command) => {
      const [nr] = command.args;
      return redeliver(nr === undefined ? undefined : Number(nr), command.opts<LedgerChoice>());
    }),
  );
}

/** Checked when they were parsed. */
const entryNumbers = (command: Command): readonly number[] => command.args.map(Number);
const entryNumber = whole(1, Number.MAX_SAFE_INTEGER);

/** Adds what both `fejlkoe replay` and `fejlkoe discard` ask for. */
function onEntries(command: Command, what: string): Command {
  return byPerson(
    command
      .argument('[nr...]', 'numre i fejlkoe list', (text: string, earlier?: readonly number[]) => [
        ...(earlier ?? []),
        entryNumber(text),
      ])
      .option('--kode <kode>', `alle åbne med den kode, fx DA-901`)
      .option('--udfoer', `${what} også flere end én; ellers vises de kun`)
      .option('--vis', 'vis kun, hvad der ville ske; ændrer intet'),
  );
}

/** `fejlkoe replay` and `fejlkoe discard`. */
export function addEntryActions(fejlkoe: Command, terminal: Terminal, presenter: Presenter): void {
  example(
    onEntries(
      fejlkoe
        .command('replay')
        .description(
          'bogfør meddelelser igen, som om de lige var kommet; med adapterens indstillinger, når fejlen er rettet',
        ),
      'afspil',
    ),
    "debitor-adapter fejlkoe replay 7 --hvem 'Anne Hansen' --hvorfor 'handlingstypen er føjet til kataloget'",
    "debitor-adapter fejlkoe replay --kode DA-901 --udfoer --hvem 'Anne Hansen' --hvorfor 'rettet i 1.2.1'",
  ).action(
    presenter.run((command) => fejlkoeReplay(entryNumbers(command), command.opts<FejlkoeActionChoice>(), terminal)),
  );
  example(
    onEntries(
      fejlkoe
        .command('discard')
        .description('luk meddelelser for altid; afsenderen hører intet, men bytes og grund gemmes'),
      'kassér',
    ),
    "debitor-adapter fejlkoe discard 7 8 --udfoer --hvem 'Anne Hansen' --hvorfor 'prøvebeskeder fra leverandøren'",
  ).action(presenter.run((command) => fejlkoeDiscard(entryNumbers(command), command.opts<FejlkoeActionChoice>())));
}
