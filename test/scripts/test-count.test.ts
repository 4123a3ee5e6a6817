import { expect, it } from 'vitest';
import { countTests, whatIsWrong } from '../../scripts/test-count.ts';

const PASSED = { fullName: 'a', status: 'passed' };
const FAILED = { fullName: 'b', status: 'failed' };
const SKIPPED = { fullName: 'c', status: 'skipped' };

function report(...files: { status: string; assertionResults: unknown[] }[]): unknown {
  return { testResults: files.map((file, index) => ({ name: `${index}.test.ts`, ...file })) };
}

it('counts the tests that vitest ran', () => {
  const both = report(
    { status: 'passed', assertionResults: [PASSED, PASSED] },
    { status: 'failed', assertionResults: [PASSED, FAILED] },
  );
  expect(countTests(both, false, true)).toMatchObject({ passed: 3, failed: 1, crashed: false });
});

it('counts a file that could not be run as failed', () => {
  const broken = report({ status: 'passed', assertionResults: [PASSED] }, { status: 'failed', assertionResults: [] });
  const count = countTests(broken, false, true);
  expect(count).toMatchObject({ passed: 1, failed: 1, brokenFiles: ['1.test.ts'] });
  expect(whatIsWrong(count)).toEqual(['Testfilen kunne ikke køres: 1.test.ts']);
});

it('counts a run that ended badly as failed, also when every test in it passed', () => {
  const allPassed = report({ status: 'passed', assertionResults: [PASSED] });
  expect(countTests(allPassed, false, true)).toMatchObject({ passed: 1, failed: 1, crashed: true });
});

it('counts a run without a readable report, or without a test, as failed', () => {
  for (const nothing of [undefined, 'x', {}, report()]) {
    expect(countTests(nothing, true, true)).toMatchObject({ passed: 0, failed: 1, crashed: true });
  }
});

it('counts a skipped test as failed in CI, and names it elsewhere', () => {
  const skipped = report({ status: 'passed', assertionResults: [PASSED, SKIPPED] });
  expect(countTests(skipped, true, true)).toMatchObject({ passed: 1, failed: 1 });
  const elsewhere = countTests(skipped, true, false);
  expect(elsewhere).toMatchObject({ passed: 1, failed: 0 });
  expect(whatIsWrong(elsewhere)).toEqual(['Sprunget over: c']);
});
