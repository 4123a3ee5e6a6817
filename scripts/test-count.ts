/** How many tests passed and failed, from vitest's JSON report. Whatever can't be understood counts as failed. */

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  /** Names of test files that could not be run, and of tests that were skipped. */
  readonly brokenFiles: readonly string[];
  readonly skippedTests: readonly string[];
  /** The run ended badly without a failed test to show for it: a crash, an unhandled error, no report. */
  readonly crashed: boolean;
}

interface ReportedFile {
  readonly name: string;
  readonly status: string;
  readonly tests: readonly { readonly name: string; readonly status: string }[];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function parseReport(report: unknown): readonly ReportedFile[] {
  if (!isObject(report)) return [];
  return listOf(report['testResults']).map((file) => ({
    name: String(file['name']),
    status: String(file['status']),
    tests: listOf(file['assertionResults']).map((test) => ({
      name: String(test['fullName']),
      status: String(test['status']),
    })),
  }));
}

/**
 * @param report what vitest's JSON reporter wrote; undefined where it wrote nothing.
 * @param exitedWell whether vitest's exit code was 0.
 * @param skippedFails whether a skipped test counts as failed.
 */
export function countTests(report: unknown, exitedWell: boolean, skippedFails: boolean): TestCount {
  const files = parseReport(report);
  const tests = files.flatMap((file) => file.tests);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter((test) => test.status === 'failed').length;
  const skippedTests = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.tests.some((test) => test.status === 'failed'),
  );
  const counted = failed + brokenFiles.length + (skippedFails ? skippedTests.length : 0);
  // A run without a single test is no success, whatever its exit code.
  const crashed = passed + counted === 0 || (!exitedWell && counted === 0);
  return {
    passed,
    failed: counted + (crashed ? 1 : 0),
    brokenFiles: brokenFiles.map((file) => file.name),
    skippedTests: skippedTests.map((test) => test.name),
    crashed,
  };
}

/** Lines (Danish) that explain what the closing numbers hold beside failed tests. */
export function whatIsWrong({ brokenFiles, skippedTests, crashed }: TestCount): readonly string[] {
  return [
    ...brokenFiles.map((name) => `Testfilen kunne ikke køres: ${name}`),
    ...skippedTests.map((name) => `Sprunget over: ${name}`),
    ...(crashed ? ['Testkørslen brød sammen; se ovenfor.'] : []),
  ];
}
