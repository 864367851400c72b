import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['www/**/*.test.ts', 'benches/{browser,spiking}/*.test.js'],
    environment: 'node',
  },
});
