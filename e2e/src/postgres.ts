import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Command } from './command.js';
import { eventually } from './eventually.js';
import { freeTcpPort } from './ports.js';

const run = promisify(execFile);

const DEBIAN = '/usr/lib/postgresql';
const HOST = '127.0.0.1';
const ACCOUNT = 'postgres';

/** A PostgreSQL cluster of its own, in a temporary directory. It goes away and comes back as a test says. */
export class Postgres {
  #process: Command | undefined;

  private constructor(
    private readonly binaries: string,
    private readonly directory: string,
    private readonly port: number,
  ) {}

  /** Makes an empty cluster and starts it. */
  static async start(): Promise<Postgres> {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-e2e-postgres-'));
    const postgres = new Postgres(findBinaries(), directory, await freeTcpPort());
    try {
      await postgres.#create();
      await postgres.start();
    } catch (error) {
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
    return postgres;
  }

  /** As in `store.postgresql.url`. */
  get url(): string {
    return `jdbc:postgresql://${HOST}:${this.port}/postgres`;
  }

  get user(): string {
    return ACCOUNT;
  }

  /** Starts it again; resolves when it takes connections. */
  async start(): Promise<void> {
    const { executable, args } = this.#command('postgres', [
      ...['-D', this.directory, '-p', String(this.port), '-c', `listen_addresses=${HOST}`],
      ...['-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    ]);
    const started = new Command('postgres', executable, args);
    this.#process = started;
    await eventually(
      `PostgreSQL takes connections; ${started.tail()}`,
      () => started.stderr.includes('database system is ready to accept connections'),
      (isReady) => isReady,
      { withinMillis: 20_000 },
    );
  }

  /** Breaks every connection and stops: a fast shutdown. */
  async stop(): Promise<void> {
    this.#process?.kill('SIGINT');
    await this.#process?.endsWithin(15_000);
    this.#process = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #create(): Promise<void> {
    if (isRoot()) {
      const { stdout } = await run('id', ['-u', ACCOUNT]);
      chownSync(this.directory, Number(stdout), -1);
    }
    const { executable, args } = this.#command('initdb', [
      ...['-D', this.directory, '-U', ACCOUNT, '--auth=trust', '--no-sync', '-E', 'UTF8'],
    ]);
    await run(executable, args);
  }

  /** PostgreSQL refuses to run as root. */
  #command(name: string, args: readonly string[]): { executable: string; args: string[] } {
    const path = join(this.binaries, name);
    if (!isRoot()) return { executable: path, args: [...args] };
    const identity = [`--reuid=${ACCOUNT}`, `--regid=${ACCOUNT}`, '--clear-groups'];
    return { executable: 'setpriv', args: [...identity, path, ...args] };
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function findBinaries(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const candidates = [
    ...(process.env.POSTGRES_BIN === undefined ? [] : [process.env.POSTGRES_BIN]),
    ...versions
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(DEBIAN, version, 'bin')),
  ];
  const found = candidates.find((directory) => existsSync(join(directory, 'initdb')));
  if (found === undefined) {
    throw new Error(
      "no PostgreSQL server: install it (on Debian 'apt-get install postgresql') or name the directory of its programs in POSTGRES_BIN",
    );
  }
  return found;
}
