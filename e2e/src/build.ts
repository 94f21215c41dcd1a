import { spawnSync } from 'node:child_process';
import { JAVA_SDK_COMMAND, SLUICE_COMMAND } from './paths.js';

/**
 * Runs before all suites: lets the commands build what is out of date, once and without a deadline, so that the time in which a server
 * gets ready is measured on its own.
 */
export default function build(): void {
  run(SLUICE_COMMAND, ['--help']);
  // Ends at the end of its standard input.
  run(JAVA_SDK_COMMAND, []);
  process.env.SLUICE_SKIP_BUILD = '1';
}

function run(command: string, args: readonly string[]): void {
  const { error, status, signal } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error) throw new Error(`cannot run ${command}: ${error.message}`);
  if (status !== 0) {
    throw new Error(
      `'${[command, ...args].join(' ')}' ended with ${status ?? signal ?? 'nothing'}`,
    );
  }
}
