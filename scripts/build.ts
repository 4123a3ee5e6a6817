/** npm run build: dist/ with JavaScript and types, from src/. What is published runs without type stripping. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './steps.ts';

rmSync(join(import.meta.dirname, '..', 'dist'), { recursive: true, force: true });
process.exitCode = (await step('dist/ (tsc)', 'tsc', ['-p', 'tsconfig.build.json'])) ? 0 : 1;
