import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { eventually } from '../eventually.js';
import { openUdpSocket } from './flood.js';
import { bindingRequest, isSuccessOf, type IceCredentials } from './stun.js';

/** A client that proves itself by ICE, as a browser does, and then sends what it likes from the address that passed. */
export class IcePeer {
  readonly #received: Buffer[] = [];

  private constructor(
    private readonly socket: Socket,
    readonly port: number,
    readonly credentials: IceCredentials,
  ) {
    socket.on('message', (message) => this.#received.push(message));
  }

  /** The peer of an SDP that the server made; reaches it on its loopback candidate. */
  static async of(sdp: string): Promise<IcePeer> {
    const port = /^a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 (\d+) typ host/im.exec(sdp)?.[1];
    if (port === undefined) throw new Error(`no loopback candidate in\n${sdp}`);
    return new IcePeer(await openUdpSocket(), Number(port), {
      serverUfrag: attribute(sdp, 'ice-ufrag'),
      serverPassword: attribute(sdp, 'ice-pwd'),
      clientUfrag: 'evil',
    });
  }

  /** One connectivity check; resolves when the server's signed answer came. */
  async check(): Promise<void> {
    const transaction = randomBytes(12);
    this.send(bindingRequest(this.credentials, transaction));
    await eventually(
      'the server answers a valid connectivity check',
      () => this.#received,
      (messages) => messages.some((message) => isSuccessOf(message, transaction, this.credentials)),
      { withinMillis: 2_000 },
    );
  }

  send(datagram: Buffer): void {
    this.socket.send(datagram, this.port, '127.0.0.1');
  }

  close(): void {
    this.socket.close();
  }
}

/** An answer that takes all of `offer`, with a certificate that nobody has. */
export function hostileAnswer(offer: string): string {
  const copied = /^(v=|o=|s=|t=|m=|c=|a=group:|a=mid:|a=rtpmap:|a=rtcp-mux|a=fmtp:)/;
  const lines = offer.split(/\r?\n/).filter((line) => copied.test(line));
  const ours = [
    'a=ice-ufrag:evil',
    'a=ice-pwd:evilevilevilevilevilevil',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
    'a=setup:active',
    'a=recvonly',
  ];
  return lines
    .flatMap((line) => (line.startsWith('a=mid:') ? [line, ...ours] : [line]))
    .concat('')
    .join('\r\n');
}

function attribute(sdp: string, name: string): string {
  const value = new RegExp(`^a=${name}:(\\S+)`, 'm').exec(sdp)?.[1];
  if (value === undefined) throw new Error(`no a=${name} in\n${sdp}`);
  return value;
}
