/** The pages of docs/ that are lists: settings, error codes, metrics. Made from the code's own tables, so they can't differ. */
import { ADVIS, INDBETALINGTYPER, KUNDETYPER, SYSTEMER } from '../../src/anmodninger/kontant-indbetaling.ts';
import { SETTINGS } from '../../src/config.ts';
import { FEJLKODER } from '../../src/errors.ts';
import { METRICS, type MetricDescription } from '../../src/ops/metrics-table.ts';

export const NOTE =
  '<!-- Dannet af scripts/generate.ts. Ret ikke her: ret tabellen i koden, og kør npm run generate. -->\n\n';

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
  return line(heads) + line(heads.map(() => '---')) + rows.map(line).join('');
}

/** A default that names a file of this package is shown without the folder that the package happens to stand in. */
function shownDefault(standard: string | undefined): string {
  if (standard === undefined) return 'skal sættes';
  const shipped = /[\\/](examples[\\/].*)$/.exec(standard)?.[1];
  return standard === '' ? '' : `\`${shipped ?? standard}\``;
}

export function settingsPage(): string {
  const rows = Object.entries(SETTINGS).map(([name, { meaning, unit, standard }]) => [
    `\`${name}\``,
    meaning,
    unit,
    shownDefault(standard),
  ]);
  return `${NOTE}# Indstillinger

Miljøvariabler. Enhver kan i stedet gives som \`NAVN_FILE\`: en fil, der indeholder værdien. De læses én gang ved start og
kontrolleres samlet; alle fejl meldes på én gang, og ukendte navne, der begynder med \`ADAPTER_\`, er fejl.
\`debitor-adapter config\` viser, hvad der gælder. Hvad \`ADAPTER_BACKEND_CONFIG\` kan holde for \`http\` og \`amqp\`, står i
[debitorsystem-indstillinger.md](debitorsystem-indstillinger.md).

${table(['navn', 'betydning', 'enhed', 'standard'], rows)}`;
}

export function fejlkoderPage(): string {
  const seed = [
    [
      '001',
      'Kundetype er ikke kendt i DMO',
      'Brug en af de ti kundetyper i vaerdier.md',
      'Fejl i svaret på en kontant indbetaling',
      '',
    ],
    [
      '009',
      'Beløbsfelt skal angives med 11 cifre og 2 decimaler',
      'Ret OpkrævningIndbetalingBeløb: punktum, ikke komma, og højst 11 cifre før og 2 efter det, fx 1250.50 eller 100',
      'Fejl i svaret på en kontant indbetaling',
      '',
    ],
    ['029', 'Valutakode må ikke angives til andet end DKK', 'Angiv DKK', 'Fejl i svaret på en kontant indbetaling', ''],
  ];
  const ours = Object.entries(FEJLKODER).map(([kode, { hvad, afhjaelpning, konsekvens, drift }]) => [
    kode,
    hvad,
    afhjaelpning,
    konsekvens,
    drift,
  ]);
  const advis = Object.entries(ADVIS).map(([kode, tekst]) => [
    kode,
    tekst,
    'Intet; ret det i den næste indbetaling',
    'Advis i svaret på en kontant indbetaling, som er bogført',
    '',
  ]);
  return `${NOTE}# Fejlkoder

En kode genbruges aldrig. Teksten i en kvittering siger desuden, hvor fejlen er, når koden gælder et sted i meddelelsen; den
gengiver aldrig meddelelsens værdier. Teksterne til 001, 009 og 029 er SKATs og siger det ikke.
En DA-005 er én fejl, hvis tekst nævner de første 20 steder, der er forkerte. Hvad der står i parentes efter DA-122, er
RabbitMQs grund.

${table(['kode', 'hvad', 'hvad afsenderen gør', 'følge', 'hvad driften gør'], [...ours, ...seed, ...advis])}`;
}

/** The catalogue of examples/, as far as its page tells of it. */
export interface CatalogueEntry {
  readonly kode: string;
  readonly navn: string;
  readonly varianter: readonly number[];
  readonly svarform: string;
  readonly paakraevede: readonly {
    readonly felt: string;
    readonly navn?: string;
    readonly positiv?: boolean;
    readonly vaerdier?: readonly string[];
  }[];
  readonly objektTyper: readonly string[];
  readonly fristDage?: number;
}

function requirement({ felt, navn, positiv, vaerdier }: CatalogueEntry['paakraevede'][number]): string {
  const name = navn === undefined ? felt : `${felt} ${navn}`;
  if (vaerdier !== undefined && vaerdier.length > 0) return `${name} (${vaerdier.join(', ')})`;
  return positiv === true ? `${name} (over 0)` : name;
}

/** The sets of values that a fagsystem chooses from. */
export function vaerdierPage(catalogue: readonly CatalogueEntry[]): string {
  const handlingstyper = catalogue.map((entry) => [
    entry.kode,
    entry.navn,
    entry.varianter.join(', '),
    entry.svarform,
    entry.paakraevede.map(requirement).join('; '),
    entry.objektTyper.join(', '),
    entry.fristDage === undefined ? '' : String(entry.fristDage),
  ]);
  const kundetyper = [...KUNDETYPER].map(([kode, [min, max]]) => [kode, min === max ? `${min}` : `${min} til ${max}`]);
  const known = (values: ReadonlySet<string>) => [...values].map((value) => `\`${value}\``).join(', ');
  return `${NOTE}# Værdier at vælge imellem

## Handlingstyper

Kataloget er en fil hos driften (\`ADAPTER_HANDLINGSTYPER\`), og den gælder. Uden indstillingen er det dette
([examples/handlingstyper.json](../examples/handlingstyper.json)). Den første objekttype gælder, når ObjektTypeKode er udeladt;
fristen er i kalenderdage. En handlingstype, der ikke står i kataloget, giver DA-101.

${table(['HandlingTypeKode', 'navn', 'varianter', 'svar', 'påkrævet i HandlingParametre', 'objekttyper', 'frist'], handlingstyper)}
STRAKS: resultatet står i kvitteringen. SENERE: kvitteringen er MODTAGET, og svaret kommer for sig selv.

## KundeType i en kontant indbetaling

En anden værdi giver fejl 001. Passer nummerets længde ikke, er indbetalingen bogført med advis A-03.

${table(['KundeType', 'cifre i KundeNummer'], kundetyper)}
## Åbne værdier i en kontant indbetaling

En anden værdi er tilladt og giver et advis.

| element | kendte værdier | ellers |
| --- | --- | --- |
| OpkrævningKontantIndbetalingType | ${known(INDBETALINGTYPER)} | A-01 |
| OpkrævningIndbetalingSystem | ${known(SYSTEMER)} | A-02 |
`;
}

export function metricsPage(): string {
  const metrics: Readonly<Record<string, MetricDescription>> = METRICS;
  const rows = Object.entries(metrics).map(([name, { type, unit, labels, meaning, alarm }]) => [
    `\`${name}\``,
    type,
    unit,
    labels.join(', '),
    meaning,
    alarm ?? '',
  ]);
  return `${NOTE}# Målinger

Hentes på \`/metrics\` i Prometheus' format. Etiketter kommer fra lukkede mængder: intet fra en meddelelse kan blive en.

${table(['navn', 'type', 'enhed', 'etiketter', 'betydning', 'hvornår der skal handles'], rows)}`;
}
