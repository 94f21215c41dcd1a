import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The server decides where the page lies; every asset is named relative to it.
  base: './',
  // Nothing is inlined: a strict content security policy allows files of the same origin only.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: { environment: 'jsdom', include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'] },
});
