import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { Network } from './network.js';

// Carries its standard input to the port and back.
const RELAY = `const socket = require('net').connect(Number(process.argv[1]), '127.0.0.1');
  socket.on('error', () => process.exit(1));
  process.stdin.pipe(socket).pipe(process.stdout);`;

/** Connections to a loopback port of this machine come out at the same port inside of a network, whose loopback is another. */
export class Tunnel {
  private constructor(private readonly server: Server) {}

  static async open(network: Network, port: number): Promise<Tunnel> {
    const server = createServer((socket) => {
      const { executable, args } = network.within(process.execPath, ['-e', RELAY, String(port)]);
      const relay = spawn(executable, args, { stdio: ['pipe', 'pipe', 'inherit'] });
      const end = () => {
        socket.destroy();
        relay.kill();
      };
      socket.on('error', end).on('close', end);
      relay.on('error', end).on('exit', end);
      relay.stdin.on('error', end);
      socket.pipe(relay.stdin);
      relay.stdout.pipe(socket);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new Tunnel(server);
  }

  /** Its connections have to be closed. */
  async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}
