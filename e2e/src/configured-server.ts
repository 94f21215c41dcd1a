import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from './command.js';
import { eventually } from './eventually.js';
import { SLUICE_COMMAND } from './paths.js';
import { freeTcpPort, freeUdpPorts } from './ports.js';
import { MEDIA_PORTS, READY, READY_WITHIN_MILLIS } from './server.js';

const COMMAND_WITHIN_MILLIS = 30_000;

/** An application that was made on the command line. */
export interface MadeApplication {
  readonly id: string;
  readonly privateKey: string;
}

/** A `sluice serve` process with a configuration file of its own, and the commands that an operator runs beside it. */
export class ConfiguredServer {
  private constructor(
    readonly command: Command,
    readonly url: string,
    private readonly name: string,
    private readonly directory: string,
  ) {}

  /** Starts a server on loopback with free ports; `more` is what its configuration says beside them, for a directory of its own. */
  static async start(name: string, more: (directory: string) => string): Promise<ConfiguredServer> {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-e2e-'));
    const file = join(directory, 'sluice.conf');
    const lines = [
      `http { host = "127.0.0.1", port = ${await freeTcpPort()} }`,
      `media { port = ${await freeUdpPorts(MEDIA_PORTS)}, bind = ["127.0.0.1"] }`,
      'metrics.listen = "off"',
      more(directory),
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const command = new Command(name, SLUICE_COMMAND, ['serve', '--config', file]);
    try {
      const url = await eventually(
        'the server prints its ready line or ends',
        () => READY.exec(command.stdout)?.[1] ?? command.ending,
        (seen) => seen !== undefined,
        { withinMillis: READY_WITHIN_MILLIS },
      );
      if (typeof url !== 'string') throw new Error('the server ended before it was ready');
      return new ConfiguredServer(command, url.replace(/\/$/, ''), name, directory);
    } catch (error) {
      command.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
      throw new Error(`${String(error)}\n${command.tail()}`, { cause: error });
    }
  }

  /** `sluice app create`. */
  async createApplication(): Promise<MadeApplication> {
    const keyFile = join(this.directory, 'application.key');
    const options = ['--name', 'End to end', '--key-out', keyFile];
    const { id } = JSON.parse(
      await this.#run('app', 'create', ...options, '--json'),
    ) as MadeApplication;
    return { id, privateKey: readFileSync(keyFile, 'utf8') };
  }

  /** `sluice session create`; for the only application. */
  async createSession(): Promise<string> {
    return (await this.#run('session', 'create')).trim();
  }

  async stop(): Promise<void> {
    this.command.kill('SIGTERM');
    await this.command.endsWithin(10_000);
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #run(...args: readonly string[]): Promise<string> {
    const config = ['--config', join(this.directory, 'sluice.conf')];
    const run = new Command(`${this.name}-${args[0] ?? ''}`, SLUICE_COMMAND, [...args, ...config]);
    const ending = await run.endsWithin(COMMAND_WITHIN_MILLIS);
    if (ending.code !== 0) throw new Error(`sluice ${args.join(' ')} failed\n${run.tail()}`);
    return run.stdout;
  }
}
