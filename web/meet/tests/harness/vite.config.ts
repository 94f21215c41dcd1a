import { defineConfig } from 'vite';

// The page on a made-up room, without a server: npm run harness, then http://localhost:5179/?people=5
export default defineConfig({
  root: import.meta.dirname,
  server: { port: 5179, strictPort: true, fs: { allow: ['../..', '../../../../node_modules'] } },
});
