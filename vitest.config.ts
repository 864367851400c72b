import { defineConfig } from 'vitest/config';
import { localeModules } from './www/i18n/sources.mjs';

export default defineConfig({
  plugins: [localeModules],
  test: {
    include: ['www/**/*.test.ts', 'benches/{browser,lighthouse,spiking}/*.test.js'],
    environment: 'node',
  },
});
