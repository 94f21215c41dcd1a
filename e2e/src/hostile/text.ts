import type { Random } from './random.js';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const STRANGE: readonly [Json, ...Json[]] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  0.5,
  '',
  '\0',
  '\uD800',
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '%s%n%x',
  '${jndi:ldap://127.0.0.1/a}',
  'x'.repeat(3_000),
  [],
  {},
  [[[[[[[[]]]]]]]],
  { __proto__x: { a: 1 } },
];

/** `line` by `line` damage to a valid SDP: lines doubled, dropped, swapped, cut, and numbers and words replaced. */
export function damagedSdp(sdp: string, random: Random): string {
  const lines = sdp.split('\r\n');
  for (let count = random.between(1, 6); count > 0; count--) {
    const at = random.below(lines.length);
    const line = lines[at] ?? '';
    const times = random.pick([1, 2, 300]);
    const damaged: readonly [string[], ...string[][]] = [
      [],
      Array.from({ length: times }, () => line),
      [line.slice(0, random.below(line.length + 1))],
      [line.replace(/\d+/, random.pick(['', '-1', '0', '65536', '99999999999999999999', 'x']))],
      [line.replace(/[a-z]+/i, random.pick(['', 'ü', ' ', 'a'.repeat(5_000), '\0']))],
      [
        line,
        random.pick(['m=audio 9 UDP/TLS/RTP/SAVPF', 'a=rid:', 'a=simulcast:send ;;', 'garbage']),
      ],
      [
        random
          .bytes(40)
          .toString('latin1')
          .replace(/[\r\n]/g, ''),
      ],
    ];
    lines.splice(at, 1, ...random.pick(damaged));
  }
  return lines.join(random.pick(['\r\n', '\r\n', '\n', '\r']));
}

/** A signalling request of a known or unknown type whose fields are strange. */
export function strangeRequest(id: number, random: Random): string {
  const type = random.pick<Json>([
    'publish',
    'publishOffer',
    'unpublish',
    'updateStream',
    'subscribe',
    'subscribeAnswer',
    'updateSubscription',
    'unsubscribe',
    'signal',
    'connect',
    'PING',
    random.pick(STRANGE),
  ]);
  const names = [
    'streamId',
    'subscriptionId',
    'sdp',
    'tracks',
    'revision',
    'audio',
    'video',
    'hasAudio',
    'hasVideo',
    'name',
    'videoDimensions',
    'frameRate',
    'signalType',
    'data',
    'to',
    'token',
    'sessionId',
  ];
  const fields = names
    .filter(() => random.chance(0.5))
    .map((name): [string, Json] => [name, random.pick(STRANGE)]);
  return JSON.stringify({ id, type, ...Object.fromEntries(fields) });
}

/** Bytes for the HTTP port: noise, requests that lie, WebSocket frames that break RFC 6455. */
export function frontDoorJunk(random: Random): Buffer {
  const host = 'Host: 127.0.0.1\r\n';
  const upgrade =
    `GET /v1/signalling HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n` +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: sluice.v1\r\n\r\n';
  const requests: readonly [string, ...string[]] = [
    `GET /${'a'.repeat(random.below(40_000))} HTTP/1.1\r\n${host}\r\n`,
    `GET /../../../../etc/passwd HTTP/1.1\r\n${host}\r\n`,
    `GET /client/..%2f..%2f..%2fetc/passwd HTTP/1.1\r\n${host}\r\n`,
    `POST /session/create HTTP/1.1\r\n${host}Content-Length: -5\r\n\r\n`,
    `POST /session/create HTTP/1.1\r\n${host}Content-Length: 99999999999999999999\r\n\r\nx`,
    `POST /session/create HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nZZZ\r\nx`,
    `POST /session/create HTTP/1.1\r\n${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}X: ${'y'.repeat(random.below(100_000))}\r\n\r\n`,
    `GET / HTTP/9.9\r\n\r\n`,
    `G\0T / HTTP/1.1\r\n${host}\r\n`,
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  ];
  switch (random.below(3)) {
    case 0:
      return random.bytes(random.between(1, 3_000));
    case 1:
      return Buffer.from(random.pick(requests), 'latin1');
    default:
      return Buffer.concat([Buffer.from(upgrade), brokenFrame(random), random.bytes(50)]);
  }
}

/** Unmasked, reserved bits, reserved opcodes, oversized control frames, lengths near 2^63. */
function brokenFrame(random: Random): Buffer {
  return Buffer.from(
    random.pick([
      [0x81, 0x02, 0x7b, 0x7d],
      [0xf1, 0x80, 0, 0, 0, 0],
      [0x83, 0x80, 0, 0, 0, 0],
      [0x89, 0xfe, 0x7f, 0xff, 0, 0, 0, 0],
      [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
      [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
      [0x00, 0x80, 0, 0, 0, 0],
      [0x88, 0x81, 0, 0, 0, 0, 0x41],
    ]),
  );
}
