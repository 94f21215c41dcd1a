import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy in front of a server, whose connections a test can break: what a NAT or a proxy does that forgets them. */
export class TcpProxy {
  readonly #sockets = new Set<Socket>();
  #open = true;

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  /** Starts a proxy for the server at `target`, an http URL with a port. */
  static async start(target: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(target);
    const server = createServer({ allowHalfOpen: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address() as AddressInfo;
    const proxy = new TcpProxy(`http://127.0.0.1:${address.port}`, server);
    server.on('connection', (client: Socket) => {
      if (proxy.#open) proxy.#join(client, connect(Number(port), hostname));
      else client.resetAndDestroy();
    });
    return proxy;
  }

  /** Resets every connection; new ones are taken. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Resets every connection and refuses new ones until `unblock`. */
  block(): void {
    this.#open = false;
    this.reset();
  }

  unblock(): void {
    this.#open = true;
  }

  async stop(): Promise<void> {
    this.block();
    this.server.close();
    await once(this.server, 'close');
  }

  #join(client: Socket, server: Socket): void {
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.pipe(other);
      // A connection that breaks on one side breaks on the other.
      socket.on('error', () => other.resetAndDestroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
