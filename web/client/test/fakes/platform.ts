import type { Cancel, Platform } from '../../src/platform.js';
import { FakeMediaDevices, FakeStream, type FakeTrack } from './media.js';
import { FakePeerConnection } from './peer-connection.js';
import { FakeServer } from './server.js';

interface Timer {
  readonly dueMs: number;
  readonly repeatMs: number | undefined;
  readonly run: () => void;
}

/** A browser whose network, devices and clock are in the test's hands. */
export class FakePlatform implements Platform {
  readonly servers: FakeServer[] = [];
  readonly peerConnections: FakePeerConnection[] = [];
  readonly devices = new FakeMediaDevices();
  readonly permissions = { camera: 'granted', microphone: 'granted' } as Record<
    'camera' | 'microphone',
    PermissionState
  >;
  /** What the next sockets do by themselves. */
  socketOpens = true;
  /** Whether those that don't open fail at once, rather than hang. */
  socketsFail = false;
  context: AudioContext | undefined;
  /** What random() gives. */
  chance = 0.5;
  readonly #networkListeners = new Set<() => void>();
  #nowMs = 10_000;
  #ids = 0;
  #timers: Timer[] = [];
  /** Pixels of the screen that elements take at first. */
  shownAt: [width: number, height: number] = [0, 0];
  readonly #looked = new Map<Element, (visible: boolean) => void>();
  readonly #observed = new Map<Element, (width: number, height: number) => void>();

  readonly mediaDevices = this.devices as unknown as MediaDevices;

  get server(): FakeServer {
    const server = this.servers.at(-1);
    if (!server) throw new Error('no socket was opened');
    return server;
  }

  openSocket(url: string, subprotocol: string): WebSocket {
    const server = new FakeServer(url, subprotocol, this.servers.at(-1));
    this.servers.push(server);
    if (this.socketOpens) {
      setTimeout(() => {
        server.opens();
      });
    } else if (this.socketsFail) {
      setTimeout(() => {
        server.drops();
      });
    }
    return server as unknown as WebSocket;
  }

  newPeerConnection(): RTCPeerConnection {
    const pc = new FakePeerConnection();
    this.peerConnections.push(pc);
    return pc as unknown as RTCPeerConnection;
  }

  newMediaStream(tracks: MediaStreamTrack[]): MediaStream {
    return new FakeStream(tracks as unknown as FakeTrack[]) as unknown as MediaStream;
  }

  audioContext(): AudioContext | undefined {
    return this.context;
  }

  permission(device: 'camera' | 'microphone'): Promise<PermissionState> {
    return Promise.resolve(this.permissions[device]);
  }

  observeSize(element: Element, changed: (width: number, height: number) => void): Cancel {
    changed(...this.shownAt);
    this.#observed.set(element, changed);
    return () => {
      this.#observed.delete(element);
    };
  }

  /** As if `element` now took so many pixels; whether anybody looked. */
  shows(element: Element, width: number, height: number): boolean {
    this.#observed.get(element)?.(width, height);
    return this.#observed.has(element);
  }

  observeVisibility(element: Element, changed: (visible: boolean) => void): Cancel {
    this.#looked.set(element, changed);
    return () => {
      this.#looked.delete(element);
    };
  }

  /** As if a person could now see `element`, or not; whether anybody wanted to know. */
  sees(element: Element, visible: boolean): boolean {
    this.#looked.get(element)?.(visible);
    return this.#looked.has(element);
  }

  /** How many timers run. */
  get timers(): number {
    return this.#timers.length;
  }

  every(intervalMs: number, run: () => void): Cancel {
    return this.#schedule({ dueMs: this.#nowMs + intervalMs, repeatMs: intervalMs, run });
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.#schedule({ dueMs: this.#nowMs + delayMs, repeatMs: undefined, run });
  }

  nowMs(): number {
    return this.#nowMs;
  }

  elapsedMs(): number {
    return this.#nowMs - 9_000;
  }

  random(): number {
    return this.chance;
  }

  networkChanges(changed: () => void): Cancel {
    this.#networkListeners.add(changed);
    return () => {
      this.#networkListeners.delete(changed);
    };
  }

  /** As if the machine had gone over to another network. */
  changeNetwork(): void {
    for (const changed of [...this.#networkListeners]) changed();
  }

  newId(): string {
    return `id-${++this.#ids}`;
  }

  /** Lets time pass and runs what falls due. */
  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (;;) {
      const due = this.#timers
        .filter(({ dueMs }) => dueMs <= endMs)
        .sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!due) break;
      this.#nowMs = due.dueMs;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      if (due.repeatMs !== undefined) {
        this.#timers.push({ ...due, dueMs: due.dueMs + due.repeatMs });
      }
      due.run();
    }
    this.#nowMs = endMs;
  }

  /** Lets time pass in steps, and everything under way finish after each. */
  async pass(byMs: number, stepMs = 250): Promise<void> {
    for (let passedMs = 0; passedMs < byMs; passedMs += stepMs) {
      this.advance(Math.min(stepMs, byMs - passedMs));
      await settled(3);
    }
    await settled();
  }

  #schedule(timer: Timer): Cancel {
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other.run !== timer.run);
    };
  }
}

/** Lets everything that is under way in microtasks and immediate tasks finish. */
export async function settled(rounds = 10): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
}
