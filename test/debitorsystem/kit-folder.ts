/** A folder for a run of the kit that happens outside of any test; it is gone when the test file is done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export function kitFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-kit-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
