/** npm run check: everything that CI checks without running a test. */
import { runChecks, wasInterrupted } from './steps.ts';

const failed = await runChecks();
process.exitCode = failed === 0 && !wasInterrupted() ? 0 : 1;
