import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['www/**/*.test.ts'], environment: 'node' },
});
