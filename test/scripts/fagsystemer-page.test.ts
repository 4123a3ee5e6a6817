/** The page for fagsystem developers leads to what is there, and tells of every code that an answer can have. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { answerExamples } from '../../scripts/generate/answers.ts';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'fagsystemer.md');
const page = readFileSync(PAGE, 'utf8');

test('every link leads to a file or a heading', () => {
  const targets = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  expect(targets.length).toBeGreaterThan(25);
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(
    ([, text = '']) => `#${text.toLowerCase().replaceAll(' ', '-')}`,
  );
  const dead = targets.filter((target) =>
    target.startsWith('#') ? !headings.includes(target) : !existsSync(join(dirname(PAGE), target)),
  );
  expect(dead).toEqual([]);
});

test('every routing key, message and code of an answer to a fagsystem stands on it', () => {
  const toFagsystem = answerExamples().filter(({ answer }) => answer.exchange === 'debitor.svar');
  const words = toFagsystem.flatMap(({ answer, afsender }) => [
    answer.routingKey.replace(afsender, '<fagsystem>'),
    // The spelling without æ, ø and å is told of in words.
    answer.type.replace('Opkraevning', 'Opkrævning'),
    answer.kode,
  ]);
  expect([...new Set(words)].filter((word) => !page.includes(word))).toEqual([]);
});
