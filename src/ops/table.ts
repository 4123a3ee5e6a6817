/** Tables of text for a terminal: columns as wide as their widest cell, headings, numbers to the right. */

export interface TextColumn {
  readonly title: string;
  readonly right?: true;
}

/** Cells hold one line each. */
const BREAKS = /[\r\n\t]+/g;
/** What moves the cursor or hides text has no place in a cell: values come from senders. */
const CONTROLS = /\p{Cc}/gu;
const GAP = '  ';

function cleaned(cell: string): string {
  return cell.replace(BREAKS, ' ').replace(CONTROLS, '\uFFFD');
}

/** One line with the cells at given widths; the last column is not padded. */
export function tableLine(columns: readonly TextColumn[], widths: readonly number[], cells: readonly string[]): string {
  return columns
    .map(({ right }, index) => {
      const cell = cleaned(cells[index] ?? '');
      const width = widths[index] ?? 0;
      if (right === true) return cell.padStart(width);
      return index === columns.length - 1 ? cell : cell.padEnd(width);
    })
    .join(GAP)
    .trimEnd();
}

/** A whole table, each line ended; `empty` alone where there are no rows. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[], empty: string): string {
  if (rows.length === 0) return `${empty}\n`;
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => cleaned(row[index] ?? '').length)),
  );
  const titles = columns.map(({ title }) => title);
  const rule = widths.map((width) => '-'.repeat(width));
  return [titles, rule, ...rows].map((cells) => `${tableLine(columns, widths, cells)}\n`).join('');
}
