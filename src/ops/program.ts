/**
 * The command line `debitor-adapter`: its commands, options, help and exit codes. What a command does stands in commands/;
 * here is only how it is called and shown. It touches the world through a {@link Terminal}.
 */
import { type Command, CommanderError, Option } from 'commander';
import { scrub } from '../domain/cpr.ts';
import { SYSTEM_WORLD } from '../main.ts';
import { anmodning } from './commands/anmodning.ts';
import { type BackendTestChoice, backendTest } from './commands/backend.ts';
import { config } from './commands/config.ts';
import { type DemoChoice, demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { type FejlkoeListChoice, type FejlkoeShowChoice, fejlkoeList, fejlkoeShow } from './commands/fejlkoe.ts';
import { iTvivl, type ListChoice, status, uleveret, venter } from './commands/lists.ts';
import type { LedgerChoice } from './commands/read-ledger.ts';
import { type SendChoice, send } from './commands/send.ts';
import { start } from './commands/start.ts';
import { type DefinitionsChoice, topologyApply, topologyCheck, topologyDefinitions } from './commands/topology.ts';
import { DanishCommand, usageProblem } from './danish-help.ts';
import { outcomeOfError } from './faults.ts';
import { addEntryActions, addRedeliver, addResolve, addSvar } from './person-commands.ts';
import { example, ledgerOption, Presenter, rowsOption, whole } from './presenter.ts';
import { EXIT_CODES, type Terminal } from './terminal.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_TIMEOUT_MS = 24 * 3_600_000;

const exitCodeTable = (): string =>
  Object.values(EXIT_CODES)
    .map(({ code, meaning }) => `  ${String(code).padStart(2)}  ${meaning}`)
    .join('\n');

function addRunning(program: Command, terminal: Terminal, presenter: Presenter): void {
  example(
    program.command('start').description('kør adapteren, til den bliver stoppet (SIGTERM eller Ctrl-C)'),
    'ADAPTER_AMQP_URL=amqp://debitor-adapter:kode@localhost/debitor debitor-adapter start',
  ).action(presenter.run((_command, json) => start(terminal, json)));
  example(
    program
      .command('demo')
      .description('vis det hele: en RabbitMQ, adapteren med simulatoren og en prøve af hver besked')
      .option('--once', 'slut efter beskederne, med exitkode'),
    'debitor-adapter demo --once',
  ).action(presenter.run((command, json) => demo(command.opts<DemoChoice>(), terminal, json)));
  example(
    program
      .command('send')
      .description(
        'send en besked som sit fagsystem, og vis kvitteringen (og svaret); kun når ingen anden læser dets kø',
      )
      .argument('<fil>', 'beskeden som XML')
      .requiredOption('--url <amqp-url>', 'RabbitMQ med fagsystemets bruger: amqp://fagsystem:kode@vært/vhost')
      .option('--fagsystem <id>', "fagsystemet (eller debitorsystemet), når det ikke er URL'ens bruger")
      .addOption(
        new Option('--type <type>', 'når rodelementet ikke kan læses').choices([
          'debitorkonto',
          'kontantindbetaling',
          'svar',
        ]),
      )
      .option('--svar', 'vent også på svaret, når kvitteringen er MODTAGET')
      .addOption(
        new Option('--timeout-ms <ms>', 'så længe ventes på hver')
          .argParser(whole(1, MAX_TIMEOUT_MS))
          .default(DEFAULT_TIMEOUT_MS),
      ),
    'debitor-adapter send examples/meddelelser/variant-2-senere.xml --svar \\',
    '  --url amqp://daginstitution:kode@localhost/debitor',
  ).action(presenter.run((command) => send(command.args[0] ?? '', command.opts<SendChoice>(), terminal)));
}

function addLists(program: Command, terminal: Terminal, presenter: Presenter): void {
  const now = SYSTEM_WORLD.now;
  example(
    program
      .command('status')
      .description('antal anmodninger efter tilstand, og hvad der kræver opmærksomhed')
      .addOption(ledgerOption()),
    'debitor-adapter status --ledger sqlite:./data/ledger.db',
  ).action(presenter.run((command) => status(command.opts<LedgerChoice>(), now())));
  example(
    program
      .command('anmodning')
      .description('alt om én anmodning, som tidslinje')
      .argument('<id>', 'AnmodningIdentifikator eller TransaktionsId')
      .addOption(ledgerOption()),
    'debitor-adapter anmodning 5f0c8a17-3e2b-4d96-a1f4-000000000002',
  ).action(presenter.run((command) => anmodning(command.args[0] ?? '', command.opts<LedgerChoice>())));
  example(
    program
      .command('venter')
      .description('kvitteret MODTAGET uden svar endnu, ældste først; over fristen er mærket')
      .addOption(rowsOption())
      .addOption(ledgerOption()),
    'debitor-adapter venter --antal 20',
  ).action(presenter.run((command) => venter(command.opts<ListChoice>(), now())));
  addSvar(program, presenter);
  addFejlkoe(program, terminal, presenter);
  const uleverede = program.command('uleveret').description('svar, som ingen kø er bundet til at modtage');
  example(
    uleverede.command('list').description('vis dem, ældste først').addOption(rowsOption()).addOption(ledgerOption()),
    'debitor-adapter uleveret list',
  ).action(presenter.run((command) => uleveret(command.opts<ListChoice>(), now())));
  addRedeliver(uleverede, presenter);
  const tvivl = program.command('i-tvivl').description('anmodninger, hvis udfald er ukendt');
  example(
    tvivl.command('list').description('vis dem, ældste først').addOption(rowsOption()).addOption(ledgerOption()),
    'debitor-adapter i-tvivl list',
  ).action(presenter.run((command) => iTvivl(command.opts<ListChoice>(), now())));
  addResolve(tvivl, presenter);
}

function addFejlkoe(program: Command, terminal: Terminal, presenter: Presenter): void {
  const fejlkoe = program
    .command('fejlkoe')
    .description('meddelelser, der ikke kunne forstås eller hvis afsender ikke kendes');
  example(
    fejlkoe
      .command('list')
      .description('vis dem, ældste først')
      .option('--group', 'saml dem efter årsag')
      .addOption(rowsOption())
      .addOption(ledgerOption()),
    'debitor-adapter fejlkoe list --group',
  ).action(presenter.run((command) => fejlkoeList(command.opts<FejlkoeListChoice>(), SYSTEM_WORLD.now())));
  example(
    fejlkoe
      .command('show')
      .description('vis én: årsag, egenskaber og meddelelsen med CPR-numre skjult')
      .argument('<nr>', 'nummeret i fejlkoe list', whole(1, Number.MAX_SAFE_INTEGER))
      .option('--raw', 'vis meddelelsen, som den er modtaget, med CPR-numre')
      .addOption(ledgerOption()),
    'debitor-adapter fejlkoe show 7',
  ).action(presenter.run((command) => fejlkoeShow(Number(command.args[0]), command.opts<FejlkoeShowChoice>())));
  addEntryActions(fejlkoe, terminal, presenter);
}

function addSetup(program: Command, terminal: Terminal, presenter: Presenter): void {
  const topology = program.command('topology').description('exchanges, køer og brugere i RabbitMQ');
  example(
    topology.command('check').description('vis, hvad der mangler eller afviger; opretter intet'),
    'debitor-adapter topology check',
  ).action(presenter.run(() => topologyCheck()));
  example(
    topology.command('apply').description('opret, hvad der mangler; ændrer intet, der findes'),
    'debitor-adapter topology apply',
  ).action(presenter.run(() => topologyApply()));
  example(
    topology
      .command('definitions')
      .description('skriv definitions.json til RabbitMQs administrator: brugere, rettigheder og topologi')
      .option('--passwords <fil>', 'JSON-fil med adgangskoder: {"brugernavn": "adgangskode"}; de skrives kun som hash')
      .option('--certificates <brugere>', 'brugere, der kun logger på med klientcertifikat, adskilt af komma')
      .option('--vhost <navn>', 'vhosten i stedet for den i ADAPTER_AMQP_URL; adapterens bruger er altid den i den'),
    'debitor-adapter topology definitions --passwords koder.json > definitions.json',
    'rabbitmqctl import_definitions definitions.json',
  ).action(presenter.run((command) => topologyDefinitions(command.opts<DefinitionsChoice>())));
  example(
    program.command('config').description('vis alle indstillinger, der gælder, med standard, enhed og betydning'),
    'debitor-adapter config',
  ).action(presenter.run(() => config()));
  example(
    program.command('doctor').description('undersøg alt, hvad adapteren har brug for, og sig, hvad der skal gøres'),
    'debitor-adapter doctor',
  ).action(presenter.run(() => doctor(terminal, SYSTEM_WORLD.now())));
}

function addBackend(program: Command, terminal: Terminal, presenter: Presenter): void {
  const backend = program.command('backend').description('debitorsystemer, der kobles på adapteren');
  example(
    backend
      .command('test')
      .description('afprøv, om et debitorsystem overholder kontrakten; bruger af de debitorkonti, det får')
      .argument('<modul>', 'som ADAPTER_BACKEND: et indbygget navn, en sti eller en pakke; eller en URL (backend http)')
      .option('--config <json>', 'som ADAPTER_BACKEND_CONFIG: JSON, eller stien til en JSON-fil')
      .option(
        '--world <fil>',
        'JSON-fil med de debitorkonti, der må bruges, når de ikke er som i examples/kit-data.json',
      )
      .option('--start <kommando>', "starter serveren bag URL'en, så den også bliver genstartet og slået ihjel")
      .option(
        '--saldo <kommando>',
        'skriver saldoen for kunden KUNDE_TYPE, KUNDE_NUMMER, fx -12.50: så bliver kontante indbetalinger også afprøvet',
      )
      .addOption(
        new Option('--svar-timeout-ms <ms>', 'så længe ventes på hvert svar')
          .argParser(whole(1, MAX_TIMEOUT_MS))
          .default(DEFAULT_TIMEOUT_MS),
      ),
    'debitor-adapter backend test simulator',
    'debitor-adapter backend test ./backend.js --config backend.json',
    "debitor-adapter backend test http://127.0.0.1:9000 --start 'java -jar debitorsystem.jar'",
  ).action(presenter.run((command) => backendTest(command.args[0] ?? '', command.opts<BackendTestChoice>(), terminal)));
}

/** Every command that does something, with what all of them share. */
function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function groupsOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(groupsOf)];
}

function createProgram(terminal: Terminal, presenter: Presenter, version: string): Command {
  const program = new DanishCommand('debitor-adapter');
  program
    .description('Adapter mellem fagsystemer og et debitorsystem over RabbitMQ.')
    .version(version, '-V, --version', 'vis versionen');
  addRunning(program, terminal, presenter);
  addLists(program, terminal, presenter);
  addSetup(program, terminal, presenter);
  addBackend(program, terminal, presenter);
  for (const leaf of leavesOf(program))
    leaf.option('--json', 'skriv JSON til programmer i stedet for tekst til mennesker');
  for (const command of groupsOf(program)) {
    command
      .helpOption('-h, --help', 'vis hjælp')
      .helpCommand('help [kommando]', 'vis hjælp til en kommando')
      .exitOverride()
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        writeErr: (text) => terminal.err(text),
        outputError: () => undefined,
      });
  }
  program.addHelpText(
    'after',
    `\nExitkoder:\n${exitCodeTable()}\n\nIndstillinger læses af miljøvariabler; debitor-adapter config viser dem.`,
  );
  return program;
}

/**
 * Runs one command line, from its first own word on.
 * @returns the exit code; never rejects.
 */
export async function runProgram(args: readonly string[], terminal: Terminal, version: string): Promise<number> {
  const presenter = new Presenter(terminal);
  try {
    await createProgram(terminal, presenter, version).parseAsync([...args], { from: 'user' });
    return presenter.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      const outcome = outcomeOfError(error);
      terminal.err(scrub(outcome.text));
      return EXIT_CODES[outcome.exit].code;
    }
    if (error.exitCode === 0) return EXIT_CODES.ok.code;
    // Naming a group without its command shows the group's help, which says enough.
    if (error.code !== 'commander.help') terminal.err(usageProblem(error));
    return EXIT_CODES.usage.code;
  }
}
