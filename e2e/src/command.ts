import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { targetDirectory } from './paths.js';

/** How a process ended. `code` is null when a signal ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running process whose output is kept, in memory and in `target/logs/<name>.log`. */
export class Command {
  readonly #child: ChildProcess;
  readonly #log: WriteStream;
  readonly #ended: Promise<Ending>;
  #ending: Ending | undefined;
  #stdout = '';
  #stderr = '';

  /** Starts `executable`; a failure to start it shows in `ended`. */
  constructor(name: string, executable: string, args: readonly string[]) {
    this.#log = createWriteStream(join(targetDirectory('logs'), `${name}.log`));
    this.#log.write(`$ ${executable} ${args.join(' ')}\n`);
    this.#child = spawn(executable, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#log.write(text);
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#log.write(text);
    });
    this.#ended = this.#waitForEnd();
    // Whoever waits for the end sees the error; nobody has to wait.
    this.#ended.catch(() => undefined);
  }

  async #waitForEnd(): Promise<Ending> {
    const [code, signal] = (await once(this.#child, 'close')) as [
      number | null,
      NodeJS.Signals | null,
    ];
    this.#ending = { code, signal };
    this.#log.end(`[ended with ${code ?? signal ?? 'nothing'}]\n`);
    return this.#ending;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Undefined while it runs. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Resolves when the process is gone and all of its output was read. */
  get ended(): Promise<Ending> {
    return this.#ended;
  }

  /** The last lines of both streams, for people. */
  tail(lines = 40): string {
    const last = (text: string) => text.trimEnd().split('\n').slice(-lines).join('\n');
    return `--- stdout\n${last(this.#stdout)}\n--- stderr\n${last(this.#stderr)}`;
  }

  /** Sends `signal` when the process still runs. */
  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The end of the process; after `withinMillis` it is killed and the call fails with its output. */
  async endsWithin(withinMillis: number): Promise<Ending> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`the process still ran after ${withinMillis} ms\n${this.tail()}`));
      }, withinMillis);
    });
    try {
      return await Promise.race([this.#ended, late]);
    } catch (error) {
      this.kill('SIGKILL');
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
