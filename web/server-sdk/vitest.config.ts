import { defineConfig } from 'vitest/config';

// A child process on a busy machine takes a second or two to load the official client.
export default defineConfig({ test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000 } });
