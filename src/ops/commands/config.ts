/** `config`: every setting in force, secrets masked; also where some are missing or wrong, which it then says. */
import { readSettings, showConfig } from '../../config.ts';
import { textTable } from '../table.ts';
import type { Outcome } from '../terminal.ts';

export async function config(): Promise<Outcome> {
  const { values, problems } = readSettings();
  const shown = showConfig(values);
  const columns = [
    { title: 'navn' },
    { title: 'gælder' },
    { title: 'standard' },
    { title: 'enhed' },
    { title: 'betydning' },
  ] as const;
  const cells = shown.map(({ name, value, standard, unit, meaning }) => [name, value, standard, unit, meaning]);
  const table = textTable(columns, cells, '');
  if (problems.length === 0) return { exit: 'ok', json: shown, text: table };
  const list = problems.map((problem) => `  - ${problem}`).join('\n');
  const warning = `Konfigurationen er ugyldig:\n${list}`;
  return { exit: 'configuration', json: { settings: shown, problems }, text: table, warning };
}
