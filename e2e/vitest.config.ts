import { defineConfig } from 'vitest/config';

// The machine is part of what is measured: suites run one after the other, in one worker.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['src/build.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'target/results.json' },
  },
});
