import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { JsonProcess } from './json-process.js';
import { PATH_EMULATOR } from './paths.js';

const run = promisify(execFile);

const PREFIX = 'sluice-e2e';
// Successive /29 networks of 10.213.0.0/16, of which each has six addresses to give.
const SIZE = 8;
const NETWORKS = 65_536 / SIZE;
const LAST_HOST = SIZE - 2;

const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';
// Of the emulator's losses: the same in each run, as far as the packets are.
const SEED = '1';

/** Of packets: to who is inside, or from there. */
export type Direction = 'inward' | 'outward';

/** What happens to the packets of one direction. */
export interface Conditions {
  readonly delayMillis: number;
  /** The share of packets that is lost, 0 to 1, each by itself. */
  readonly loss: number;
}

export interface Counts {
  readonly carried: number;
  readonly lost: number;
}

/**
 * A network namespace, joined to the rest of this machine by a virtual cable. Whoever is inside has one real address, as on another
 * machine: Firefox pairs no loopback candidates, and a cable can be pulled. Needs the right to make namespaces, which root has
 * outside of containers and in privileged ones.
 */
export class Network {
  #host = 2;
  #emulator: JsonProcess | undefined;

  private constructor(
    private readonly index: number,
    private readonly namespace: string,
  ) {}

  /** The IPv4 address inside. */
  get inside(): string {
    return address(this.index, this.#host);
  }

  /** The IPv4 address of this machine's end of the cable. */
  get outside(): string {
    return address(this.index, 1);
  }

  /** @param path `emulated`: packets go through a program, and `impair` can delay and lose them; else through the kernel alone */
  static async create(path: 'plain' | 'emulated' = 'plain'): Promise<Network> {
    await removeAbandoned();
    const index = freeNetwork();
    const namespace = `${PREFIX}-${process.pid}-${index}`;
    const network = new Network(index, namespace);
    try {
      await ip('netns', 'add', namespace);
    } catch (error) {
      throw new Error(
        `cannot make a network namespace: ${reason(error)}. These tests need iproute2 and root, in a container a privileged one ('docker run --privileged')`,
        { cause: error },
      );
    }
    try {
      await network.#connect(path);
    } catch (error) {
      await network.remove();
      throw new Error(`cannot lay a virtual cable: ${reason(error)}`, { cause: error });
    }
    return network;
  }

  /** The command that runs `executable` inside. The process id and signals are those of `executable`. */
  within(
    executable: string,
    args: readonly string[],
  ): { readonly executable: string; readonly args: readonly string[] } {
    return { executable: 'ip', args: ['netns', 'exec', this.namespace, executable, ...args] };
  }

  /** What is inside has another address from now on, as in another Wi-Fi, and connections of the old one go nowhere. */
  async changeAddress(): Promise<void> {
    if (this.#host === LAST_HOST) throw new Error('every address of this network was used');
    await this.#inside('address', 'delete', `${this.inside}/29`, 'dev', 'eth0');
    this.#host++;
    await this.#address();
  }

  /** Pulls the cable out of this machine. */
  async unplug(): Promise<void> {
    await ip('link', 'set', this.#cable, 'down');
  }

  /**
   * Lets no more than so many kilobits a second through in one direction from now on, with a queue of 300 ms before it, as a router at
   * home has; `undefined` takes the limit away.
   */
  async limit(direction: Direction, kilobitsPerSecond: number | undefined): Promise<void> {
    const [namespace, device] =
      direction === 'inward' ? [[], this.#cable] : [['-n', this.namespace], 'eth0'];
    const shaper =
      kilobitsPerSecond === undefined
        ? ['pfifo']
        : ['tbf', 'rate', `${kilobitsPerSecond}kbit`, 'burst', '3000', 'latency', '300ms'];
    await run('tc', [...namespace, 'qdisc', 'replace', 'dev', device, 'root', ...shaper]);
  }

  /**
   * Delays and loses packets from now on, of an emulated path. What it says of a direction holds until it says something else.
   *
   * @returns what each direction has carried and lost before
   */
  async impair(
    conditions: Partial<Readonly<Record<Direction, Conditions>>>,
  ): Promise<Readonly<Record<Direction, Counts>>> {
    if (!this.#emulator) throw new Error('the path of this network is not emulated');
    const answer = await this.#emulator.request(conditions);
    return answer as unknown as Readonly<Record<Direction, Counts>>;
  }

  /** The processes inside have to be gone. */
  async remove(): Promise<void> {
    await this.#emulator?.stop();
    await ip('netns', 'delete', this.namespace);
  }

  async #connect(path: 'plain' | 'emulated'): Promise<void> {
    if (path === 'plain') await this.#layCable();
    else await this.#emulatePath();
    await ip('address', 'add', `${this.outside}/29`, 'dev', this.#cable);
    await ip('link', 'set', this.#cable, 'up');
    await this.#inside('link', 'set', 'lo', 'up');
    await this.#inside('link', 'set', 'eth0', 'up');
    await this.#address();
  }

  async #layCable(): Promise<void> {
    const peer = ['peer', 'name', 'eth0', 'netns', this.namespace];
    await ip('link', 'add', this.#cable, 'type', 'veth', ...peer);
  }

  async #emulatePath(): Promise<void> {
    const inner = `${this.#cable}i`;
    const args = [PATH_EMULATOR, this.#cable, inner, SEED];
    this.#emulator = new JsonProcess(`path-${this.namespace}`, PYTHON, args);
    await this.#emulator.hears('that it is ready', (message) => message.ready === true);
    await ip('link', 'set', inner, 'netns', this.namespace, 'name', 'eth0');
  }

  async #address(): Promise<void> {
    await this.#inside('address', 'add', `${this.inside}/29`, 'dev', 'eth0');
    // A browser may send from any address of this machine.
    await this.#inside('route', 'add', 'default', 'via', this.outside);
  }

  async #inside(...args: readonly string[]): Promise<void> {
    await ip('-n', this.namespace, ...args);
  }

  get #cable(): string {
    return `sl${this.index}`;
  }
}

/** Namespaces of test runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const line of (await ip('netns', 'list')).split('\n')) {
    const pid = new RegExp(`^${PREFIX}-(\\d+)-\\d+`).exec(line)?.[1];
    if (pid && !runs(Number(pid))) await ip('netns', 'delete', line.split(' ')[0] ?? line);
  }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** At random, since other test runs on this machine choose too. */
function freeNetwork(): number {
  const taken = new Set(
    Object.values(networkInterfaces()).flatMap((devices) =>
      (devices ?? []).map((device) => device.address),
    ),
  );
  for (let attempt = 0; attempt < 50; attempt++) {
    const index = Math.floor(Math.random() * NETWORKS);
    if (!taken.has(address(index, 1))) return index;
  }
  throw new Error('found no free network in 10.213.0.0/16');
}

function address(index: number, host: number): string {
  const low = index * SIZE + host;
  return `10.213.${low >> 8}.${low & 0xff}`;
}

async function ip(...args: readonly string[]): Promise<string> {
  return (await run('ip', args)).stdout;
}

function reason(error: unknown): string {
  const { stderr } = error as { stderr?: unknown };
  return typeof stderr === 'string' && stderr !== '' ? stderr.trim() : String(error);
}
