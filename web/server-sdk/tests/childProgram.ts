import { spawn } from 'node:child_process';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '..');

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every host the program looked up or connected to, in order. */
  readonly hosts: readonly string[];
}

/** Runs a program in a process of its own, with nothing reachable but this machine. */
export function run(
  kind: 'commonjs' | 'module',
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const recorder = join(import.meta.dirname, 'recordHosts.mjs');
  const child = spawn(
    process.execPath,
    ['--import', recorder, `--input-type=${kind}`, '--eval', program],
    {
      cwd: PACKAGE,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  const output = [child.stdout, child.stderr, child.stdio[3]].map((stream) => {
    const chunks: Buffer[] = [];
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const [stdout = '', stderr = '', reported = ''] = output.map((read) => read());
      resolve({ exitCode, stdout, stderr, hosts: reported.split('\n').filter(Boolean) });
    });
  });
}
