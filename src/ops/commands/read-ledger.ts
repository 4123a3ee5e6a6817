/** Opens the ledger for reading beside a running adapter, for one command. */
import { readSetting } from '../../config.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { openLedger } from '../../main.ts';

/** Where a command may name another ledger than the settings do. */
export interface LedgerChoice {
  /** `--ledger URL`. */
  readonly ledger?: string;
}

/** @throws LedgerUnavailable, SchemaError, ConfigurationError, and whatever `work` throws. */
export async function withLedger<Result>(
  choice: LedgerChoice,
  work: (ledger: Ledger) => Promise<Result>,
): Promise<Result> {
  const url = readSetting('ADAPTER_LEDGER_URL', choice.ledger);
  const ledger = await openLedger(url ?? '', false);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** The ledger hands out at most so many rows at a time. */
const PAGE_ROWS = 500;

/** The first rows of a list, read page by page. */
export async function firstRows<Row>(
  maxRows: number,
  idOf: (row: Row) => number,
  page: (page: { readonly limit: number; readonly after?: number }) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  while (rows.length < maxRows) {
    const last = rows.at(-1);
    const limit = Math.min(PAGE_ROWS, maxRows - rows.length);
    const found = await page(last === undefined ? { limit } : { limit, after: idOf(last) });
    rows.push(...found);
    if (found.length < limit) break;
  }
  return rows;
}
