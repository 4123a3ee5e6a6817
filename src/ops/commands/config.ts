/** `config`: every setting in force, secrets masked. */
import { loadConfig, showConfig } from '../../config.ts';
import { textTable } from '../table.ts';
import type { Outcome } from '../terminal.ts';

export async function config(): Promise<Outcome> {
  const shown = showConfig(loadConfig());
  const columns = [
    { title: 'navn' },
    { title: 'gælder' },
    { title: 'standard' },
    { title: 'enhed' },
    { title: 'betydning' },
  ] as const;
  const cells = shown.map(({ name, value, standard, unit, meaning }) => [name, value, standard, unit, meaning]);
  return { exit: 'ok', json: shown, text: textTable(columns, cells, '') };
}
