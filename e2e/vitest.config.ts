import { defineConfig } from 'vitest/config';

// One browser at a time: these tests measure frames and speed.
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    // A busy machine is slow, not wrong.
    expect: { poll: { timeout: 15_000, interval: 50 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
