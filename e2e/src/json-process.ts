import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { eventually } from './eventually.js';
import { targetDirectory } from './paths.js';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * A program that is spoken to in lines of JSON, on its standard input and output. What is said, and what it writes to its standard
 * error, is kept in `target/logs/<name>.log`.
 */
export class JsonProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #log: WriteStream;
  readonly #heard: Fields[] = [];
  readonly #closed: Promise<unknown>;
  #stderr = '';
  #ended = false;
  #nextId = 1;

  /** Starts `executable`; a failure to start it shows in the first answer waited for. */
  constructor(
    private readonly name: string,
    executable: string,
    args: readonly string[] = [],
  ) {
    this.#log = createWriteStream(join(targetDirectory('logs'), `${name}.log`));
    this.#child = spawn(executable, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#log.write(`< ${line}\n`);
      this.#heard.push(JSON.parse(line) as Fields);
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#log.write(text);
    });
    const failed = (error: Error) => {
      this.#stderr += `${String(error)}\n`;
    };
    // It cannot be started, or has ended before it was told something.
    this.#child.on('error', failed);
    this.#child.stdin.on('error', failed);
    this.#closed = new Promise((resolve) => this.#child.once('close', resolve)).then(() => {
      this.#ended = true;
      this.#log.end('[ended]\n');
    });
  }

  /** Everything that it has said. */
  get heard(): readonly Fields[] {
    return this.#heard;
  }

  send(message: Fields): void {
    const line = JSON.stringify(message);
    this.#log.write(`> ${line}\n`);
    this.#child.stdin.write(`${line}\n`);
  }

  /** Sends `message` with an `id` and resolves with the answer that has the same. */
  async request(message: Fields, withinMillis = 20_000): Promise<Fields> {
    const id = this.#nextId++;
    this.send({ id, ...message });
    return this.hears(`an answer to ${id}`, (answer) => answer.id === id, withinMillis);
  }

  /** The first message that `matches`, now or later; fails with what it wrote to standard error. */
  async hears(
    what: string,
    matches: (message: Fields) => boolean,
    withinMillis = 20_000,
  ): Promise<Fields> {
    const find = () => this.#heard.find(matches);
    await eventually(
      `${this.name} says ${what}`,
      () => find() !== undefined || this.#ended,
      Boolean,
      { withinMillis },
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${this.#stderr}`, { cause: error });
    });
    const found = find();
    if (!found) throw new Error(`${this.name} ended before it said ${what}\n${this.#stderr}`);
    return found;
  }

  /** Closes its standard input, at which it ends; it is killed when it does not within 5 s. */
  async stop(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await this.#closed;
    clearTimeout(timer);
  }
}
