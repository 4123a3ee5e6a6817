/** docs/backends.md: what it says happens when a backend does wrong is shown by the test that it names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(ROOT, 'docs', 'backends.md'), 'utf8');

const [, table = ''] = guide.split('## Når noget går galt');
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| backenden'))
  .map((line) => line.slice(2, -2).split(' | '));
const named = rows.flatMap(([what = '', _consequence, _seen, tests = '']) =>
  tests.split('; ').map((one) => {
    const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(one) ?? [];
    return { what, file, title };
  }),
);

test('every wrong in the table has a test', () => {
  expect(rows.length).toBeGreaterThan(15);
  expect(named.every(({ file, title }) => file !== '' && title !== '')).toBe(true);
});

test.each(named)('$what: $file, $title', ({ file, title }) => {
  expect(readFileSync(join(ROOT, 'test', file), 'utf8')).toContain(title);
});
