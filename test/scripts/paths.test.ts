/** What the pages tell a reader to open or to run is there: links, paths in this repository, npm scripts. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGES = ['README.md', 'src/README.md', 'schemas/README.md', 'docs/*.md', 'examples/**/README.md'].flatMap(
  (pattern) => globSync(pattern, { cwd: ROOT }).sort(),
);
/** Of this package, and of the template that an author copies. */
const SCRIPTS = new Set(
  ['package.json', 'examples/backend-skabelon/package.json'].flatMap((path) => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as { scripts: object };
    return Object.keys(scripts);
  }),
);

const LINK = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g;
/** From the root, as a reader types them: in code, in a fence, or in running text. */
const PATH = /(?<![\w./<-])(?:bin|docs|examples|schemas|scripts|src|test)\/[\p{L}\d_./-]*[\p{L}\d_/]/gu;
const SCRIPT = /npm run (?:-s )?([a-z:-]+)/g;
const SCHEMA = /`((?:debitorsystem\/)?[a-z0-9.-]+\.(?:xsd|yaml))`/g;

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** `docs/decisions/0017`, `schemas/debitorkonto-anmodning*.xsd`: the beginning of a name, which has no extension. */
function begins(from: string, path: string): boolean {
  return !basename(path).includes('.') && globSync(`${path}*`, { cwd: from }).length > 0;
}

test('there are pages to look at', () => {
  expect(PAGES.length).toBeGreaterThan(8);
});

test.each(PAGES)('%s names nothing that is not there', (page) => {
  const text = read(page);
  const folder = dirname(page);
  const links = [...text.matchAll(LINK)].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
  // A page in a folder of its own may name what stands beside it.
  const paths = [...text.replaceAll(LINK, '').matchAll(PATH)].map(([path]) => path);
  const isThere = (path: string): boolean =>
    [ROOT, join(ROOT, folder), join(ROOT, 'src')].some((from) => existsSync(join(from, path)) || begins(from, path));
  const dead = [
    ...links.filter((target) => !existsSync(join(ROOT, folder, target))),
    ...paths.filter((path) => !isThere(path)),
    ...[...text.matchAll(SCRIPT)].flatMap(([all, name = '']) => (SCRIPTS.has(name) ? [] : [all])),
  ];
  expect(dead).toEqual([]);
});

test('schemas/README.md names the schemas that are there', () => {
  const named = [...read('schemas/README.md').matchAll(SCHEMA)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(8);
  const dead = named.filter((name) => !existsSync(join(ROOT, 'schemas', name)));
  expect(dead.filter((name) => !existsSync(join(ROOT, 'schemas', 'debitorsystem', name)))).toEqual([]);
});
