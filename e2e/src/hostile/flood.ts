import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const LOOPBACK = '127.0.0.1';
const BURST_MILLIS = 10;

export interface FloodOptions {
  readonly port: number;
  readonly millis: number;
  readonly packetsPerSecond: number;
  /** Sockets to send from, in turn. */
  readonly sources: number;
  /** Called for each datagram. */
  readonly next: () => Buffer;
}

/** Sends datagrams to a loopback port at a bounded rate for a bounded time; resolves with how many were sent. */
export async function flood(options: FloodOptions): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: options.sources }, openUdpSocket));
  let sent = 0;
  try {
    const start = performance.now();
    for (;;) {
      const elapsed = performance.now() - start;
      if (elapsed >= options.millis) return sent;
      const due = Math.floor((elapsed / 1000) * options.packetsPerSecond);
      for (; sent < due; sent++) {
        sockets[sent % sockets.length]?.send(options.next(), options.port, LOOPBACK);
      }
      await delay(BURST_MILLIS);
    }
  } finally {
    for (const socket of sockets) socket.close();
  }
}

/** A UDP socket on a loopback port of its own. */
export async function openUdpSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  return socket;
}
