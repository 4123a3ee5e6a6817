import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // One broker serves the whole run; it is started when the first test file asks for a vhost.
    globalSetup: ['test/setup/broker.ts'],
    pool: 'forks',
    // CI has two processors, and the broker needs its share.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 90_000,
    teardownTimeout: 30_000,
  },
});
