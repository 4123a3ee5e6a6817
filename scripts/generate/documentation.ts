/** The pages of docs/ that are lists: settings, error codes, metrics. Made from the code's own tables, so they can't differ. */
import { SETTINGS } from '../../src/config.ts';
import { FEJLKODER } from '../../src/errors.ts';
import { METRICS, type MetricDescription } from '../../src/ops/metrics-table.ts';

const NOTE = '<!-- Dannet af scripts/generate.ts. Ret ikke her: ret tabellen i koden, og kør npm run generate. -->\n\n';

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
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
\`debitor-adapter config\` viser, hvad der gælder.

${table(['navn', 'betydning', 'enhed', 'standard'], rows)}`;
}

export function fejlkoderPage(): string {
  const seed = [
    [
      '001',
      'Kundetype er ikke kendt i DMO',
      'Brug en af de ti kundetyper',
      'Fejl i svaret på en kontant indbetaling',
      '',
    ],
    [
      '009',
      'Beløbsfelt skal angives med 11 cifre og 2 decimaler',
      'Ret OpkrævningIndbetalingBeløb',
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
  return `${NOTE}# Fejlkoder

En kode genbruges aldrig. Teksten i en kvittering siger desuden, hvor fejlen er; den gengiver aldrig meddelelsens værdier.

${table(['kode', 'hvad', 'hvad afsenderen gør', 'følge', 'hvad driften gør'], [...ours, ...seed])}`;
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
