/** The JSON schemas and the XSDs say the same of twenty thousand documents; `node scripts/differential.ts` asks about any number. */
import { expect, test } from 'vitest';
import { type Proof, provedDocuments } from './differential.ts';

const DOCUMENTS = 20_000;

let proof: Proof | undefined;
const proved = (): Proof => {
  proof ??= provedDocuments({ documents: DOCUMENTS, seed: 1 });
  return proof;
};

test('twenty thousand generated and broken documents are judged alike by the reader and by the XSDs', () => {
  expect(proved().disagreements).toEqual([]);
  expect(proved().documents).toBeGreaterThanOrEqual(DOCUMENTS);
}, 90_000);

test('but for three differences that are known, and each of them is met', () => {
  const { differences } = proved();
  expect(Object.keys(differences)).toEqual([
    'UUID med store bogstaver',
    'begge stavemåder i ét dokument',
    'xsi:type eller xsi:nil',
  ]);
  expect(Math.min(...Object.values(differences))).toBeGreaterThan(10);
  expect(Object.values(differences).reduce((sum, count) => sum + count)).toBeLessThan(DOCUMENTS / 20);
});

test('every document as it was generated is accepted, and every kind of change makes some that are refused', () => {
  const { uændret, ...changes } = proved().byChange;
  expect(uændret.accepted).toBe(uændret.documents);
  for (const [name, { documents, accepted, refused }] of Object.entries(changes)) {
    expect([name, documents > 1000, refused > 50]).toEqual([name, true, true]);
    expect(accepted).toBeLessThan(documents);
  }
  const valueChanges = [changes['værdi ved en grænse'], changes['ét tegn ændret'], changes['en anden værdi']];
  for (const { accepted, documents } of valueChanges) expect(accepted / documents).toBeGreaterThan(0.3);
});

test('the same seed gives the same documents', () => {
  const again = { documents: 300, seed: 7 };
  expect(provedDocuments(again)).toEqual(provedDocuments(again));
});
