// Starts a server and lets the load generator at it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { startServer } from './server.mjs';

const [root, out] = process.argv.slice(2);
const server = await startServer(root);
console.log('');
const load = spawnSync(
  join(process.env.JAVA_HOME, 'bin/java'),
  [
    '--enable-native-access=ALL-UNNAMED',
    '-cp',
    `${join(out, 'sluice-bench.jar')}:${join(out, 'lib/*')}`,
    'dev.sluice.bench.FanOut',
    '--url',
    server.url,
    '--pid',
    `${server.pid}`,
    '--jfr',
    join(out, 'fan-out.jfr'),
  ],
  { stdio: 'inherit' },
);
await server.stop();
process.exit(load.status ?? 1);
