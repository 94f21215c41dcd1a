import { defineConfig } from 'vite';

/**
 * Two builds share one output folder: `vite build` makes the ES module, `vite build --mode umd` the script that
 * defines `window.OT`. They have different entries because only a classic script knows `document.currentScript`.
 */
export default defineConfig(({ mode }) => {
  const classicScript = mode === 'umd';
  return {
    build: {
      target: 'es2022',
      sourcemap: true,
      emptyOutDir: !classicScript,
      lib: {
        entry: classicScript ? 'src/umd.ts' : 'src/index.ts',
        name: 'OT',
        formats: [classicScript ? 'umd' : 'es'],
        fileName: () => (classicScript ? 'sluice.js' : 'sluice.mjs'),
      },
    },
  };
});
