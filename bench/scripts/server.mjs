// A server of its own for each measurement, on free ports, with its data in a new directory.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const TICKS_PER_SECOND = 100;

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** User and system time of a process, in seconds. */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Starts `sluice dev`; resolves when it says that it is ready, with what that took. */
export async function startServer(root) {
  const data = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const [port, mediaPort] = [await freePort(), await freePort()];
  const startedAt = process.hrtime.bigint();
  const child = spawn(
    join(root, 'sluice'),
    ['dev', '--data', data, '--port', `${port}`, '--media-port', `${mediaPort}`],
    { env: { ...process.env, SLUICE_SKIP_BUILD: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  const ready = new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      if (/^ready\b/im.test(said)) resolve(process.hrtime.bigint());
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`not ready within 60 s:\n${said}`)), 60_000).unref();
  });
  const readyAt = await ready;
  return {
    url: `http://localhost:${port}`,
    pid: child.pid,
    wallSeconds: Number(readyAt - startedAt) / 1e9,
    cpuSeconds: cpuSeconds(child.pid),
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.once('exit', () => {
          rmSync(data, { recursive: true, force: true });
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
