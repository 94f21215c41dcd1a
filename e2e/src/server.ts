import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, type Ending } from './command.js';
import { eventually } from './eventually.js';
import type { Network } from './network.js';
import { SLUICE_COMMAND } from './paths.js';
import { freeTcpPort, freeUdpPorts } from './ports.js';

export const READY = /^ready (https?:\/\/\S+)/m;
export const READY_WITHIN_MILLIS = 45_000;
// A worker for each core, each with its own port.
export const MEDIA_PORTS = 16;

/** What `sluice dev` writes for whoever wants to try it: `demo.json` in its data directory. */
export interface Demo {
  readonly url: string;
  readonly applicationId: string;
  readonly privateKeyFile: string;
}

/** Choices for one start; what is absent gets a free port or a new temporary directory. */
export interface ServerOptions {
  readonly httpPort?: number;
  readonly mediaPort?: number;
  readonly dataDirectory?: string;
  /** Where the server runs and listens, without HTTPS; on this machine's loopback address when absent. */
  readonly network?: Network;
  /** The address of this machine to listen on, without HTTPS; loopback when absent. */
  readonly host?: string;
  /** More arguments of `sluice dev`. */
  readonly more?: readonly string[];
}

/** A `sluice dev` process with its own ports and data directory. */
export class SluiceServer {
  private constructor(
    readonly command: Command,
    readonly url: string,
    readonly httpPort: number,
    readonly mediaPort: number,
    readonly dataDirectory: string,
    private readonly ownsDirectory: boolean,
  ) {}

  /** Starts a server; resolves when it has printed its `ready` line, fails with its output when it does not. */
  static async start(name: string, options: ServerOptions = {}): Promise<SluiceServer> {
    const httpPort = options.httpPort ?? (await freeTcpPort());
    const mediaPort = options.mediaPort ?? (await freeUdpPorts(MEDIA_PORTS));
    const dataDirectory = options.dataDirectory ?? newDataDirectory();
    const command = launch(name, { ...options, httpPort, mediaPort, dataDirectory });
    try {
      const url = await eventually(
        'the server prints its ready line or ends',
        () => READY.exec(command.stdout)?.[1] ?? command.ending,
        (seen) => seen !== undefined,
        { withinMillis: READY_WITHIN_MILLIS },
      );
      if (typeof url !== 'string') throw new Error('the server ended before it was ready');
      return new SluiceServer(
        command,
        url.replace(/\/$/, ''),
        httpPort,
        mediaPort,
        dataDirectory,
        options.dataDirectory === undefined,
      );
    } catch (error) {
      command.kill('SIGKILL');
      throw new Error(`${String(error)}\n${command.tail()}`, { cause: error });
    }
  }

  /** Starts a server that is expected to refuse; resolves with how it ended. */
  static async startInVain(
    name: string,
    options: ServerOptions,
  ): Promise<{ readonly command: Command; readonly ending: Ending }> {
    const command = launch(name, {
      ...options,
      httpPort: options.httpPort ?? (await freeTcpPort()),
      mediaPort: options.mediaPort ?? (await freeUdpPorts(MEDIA_PORTS)),
    });
    return { command, ending: await command.endsWithin(READY_WITHIN_MILLIS) };
  }

  /** The demo application of this server. */
  demo(): Demo {
    return JSON.parse(readFileSync(join(this.dataDirectory, 'demo.json'), 'utf8')) as Demo;
  }

  /** As Ctrl-C does; resolves with the end and how long it took. Keeps the data directory. */
  async interrupt(withinMillis: number): Promise<Ending & { readonly tookMillis: number }> {
    const start = performance.now();
    this.command.kill('SIGINT');
    const ending = await this.command.endsWithin(withinMillis);
    return { ...ending, tookMillis: Math.round(performance.now() - start) };
  }

  /** Stops the server if it still runs and removes its data directory if it was made for it. */
  async stop(): Promise<void> {
    if (this.command.ending === undefined) await this.interrupt(10_000);
    if (this.ownsDirectory) rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}

/** A new empty directory; the caller removes it. */
export function newDataDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'sluice-e2e-'));
}

function launch(
  name: string,
  options: ServerOptions & { readonly httpPort: number; readonly mediaPort: number },
): Command {
  if (!existsSync(SLUICE_COMMAND)) {
    throw new Error(`${SLUICE_COMMAND} does not exist; name the command in SLUICE_COMMAND`);
  }
  const directory = options.dataDirectory === undefined ? [] : ['--data', options.dataDirectory];
  const address = options.network?.inside ?? options.host;
  const host = address === undefined ? [] : ['--host', address, '--plain-http'];
  const args = [
    'dev',
    '--port',
    String(options.httpPort),
    '--media-port',
    String(options.mediaPort),
    ...host,
    ...directory,
    ...(options.more ?? []),
  ];
  const command = options.network?.within(SLUICE_COMMAND, args);
  return new Command(name, command?.executable ?? SLUICE_COMMAND, command?.args ?? args);
}
