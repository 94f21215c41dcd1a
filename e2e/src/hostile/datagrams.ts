import { stunMessage } from './stun.js';
import type { Random } from './random.js';

/** The kinds of junk, by what they pretend to be (RFC 7983 §7: the first byte tells). */
export const KINDS = [
  'noise',
  'stun',
  'stunAttributes',
  'dtls',
  'clientHello',
  'rtp',
  'rtpExtension',
  'rtcp',
  'edge',
] as const;

export type Kind = (typeof KINDS)[number];

const MTU = 1_200;

/** One hostile datagram of a kind. `ufrag` makes some of the STUN name a peer that exists. */
export function datagram(kind: Kind, random: Random, ufrag: string): Buffer {
  switch (kind) {
    case 'noise':
      return random.bytes(random.between(1, MTU));
    case 'stun':
      return lyingStun(random);
    case 'stunAttributes':
      return hostileAttributes(random, ufrag);
    case 'dtls':
      return dtlsRecords(random);
    case 'clientHello':
      return clientHello(random);
    case 'rtp':
      return rtp(random);
    case 'rtpExtension':
      return rtpWithLyingExtension(random);
    case 'rtcp':
      return rtcp(random);
    case 'edge':
      return edge(random);
  }
}

/** The right header and cookie, a length that lies, a body of noise. */
function lyingStun(random: Random): Buffer {
  const body = random.bytes(random.below(120) * random.pick([1, 4]));
  const message = Buffer.concat([stunMessage(random.below(0x4000), random.bytes(12), []), body]);
  message.writeUInt16BE(random.pick([0, 4, 0xfffc, 0xffff, body.length, random.below(65_536)]), 2);
  return message;
}

/** A binding request whose user name, integrity and attributes are wrong each in its own way. */
function hostileAttributes(random: Random, ufrag: string): Buffer {
  const names = [ufrag, `${ufrag}:`, `${ufrag}:x`, ':', '::::', '\0', 'ü'.repeat(250), ''] as const;
  const attributes: [number, Buffer][] = [[0x0006, Buffer.from(random.pick(names))]];
  for (let count = random.below(40); count > 0; count--) {
    attributes.push([random.below(65_536), random.bytes(random.below(30))]);
  }
  attributes.push([0x0008, random.bytes(random.pick([20, 0, 19, 21, 64]))]);
  attributes.push([0x8028, random.bytes(4)]);
  const message = stunMessage(0x0001, random.bytes(12), attributes);
  // An attribute that claims to reach beyond the datagram.
  if (random.chance(0.3)) message.writeUInt16BE(0xffff, 22);
  return message;
}

/** Records of every content type with epochs, sequence numbers and lengths that do not fit. */
function dtlsRecords(random: Random): Buffer {
  const records = Array.from({ length: random.between(1, 6) }, () => {
    const body = random.bytes(random.below(200));
    const header = Buffer.alloc(13);
    header[0] = random.pick([20, 21, 22, 23, 24, 25, 26, 63]);
    header.writeUInt16BE(random.pick([0xfefd, 0xfeff, 0xfefc, 0x0303, 0xffff]), 1);
    header.writeUInt16BE(random.below(3), 3);
    random.bytes(6).copy(header, 5);
    header.writeUInt16BE(random.pick([body.length, 0, 1, 0xffff, body.length + 1]), 11);
    return Buffer.concat([header, body]);
  });
  return Buffer.concat(records).subarray(0, MTU);
}

/** A handshake record with a ClientHello whose fragments, vectors and lengths are chance. */
function clientHello(random: Random): Buffer {
  const body = Buffer.concat([
    Buffer.from([0xfe, 0xfd]),
    random.bytes(32),
    Buffer.from([random.pick([0, 32, 255])]),
    random.bytes(random.below(300)),
  ]);
  const handshake = Buffer.alloc(12);
  handshake[0] = random.pick([1, 1, 1, 0, 2, 11, 16, 20, 255]);
  handshake.writeUIntBE(random.pick([body.length, 0, 0xffffff, body.length * 2]), 1, 3);
  handshake.writeUInt16BE(random.below(4), 4);
  handshake.writeUIntBE(random.pick([0, 1, 0xfffff0]), 6, 3);
  handshake.writeUIntBE(random.pick([body.length, 0, 0xffffff]), 9, 3);
  const record = Buffer.alloc(13);
  record[0] = 22;
  record.writeUInt16BE(0xfefd, 1);
  record.writeUInt32BE(random.below(0xffffffff), 7);
  record.writeUInt16BE(handshake.length + body.length, 11);
  return Buffer.concat([record, handshake, body]);
}

function rtp(random: Random): Buffer {
  const packet = random.bytes(random.between(12, MTU));
  packet[0] = 0x80 | random.below(64);
  packet[1] = random.pick([96, 97, 111, 127, 63, 0]) | (random.below(2) << 7);
  // Padding that is longer than the packet.
  if (random.chance(0.5)) packet[packet.length - 1] = random.pick([0, 255, 128]);
  return packet;
}

function rtpWithLyingExtension(random: Random): Buffer {
  const packet = rtp(random);
  packet[0] = 0x90 | random.below(16);
  const offset = 12 + 4 * (packet.readUInt8(0) & 15);
  if (offset + 4 <= packet.length) {
    packet.writeUInt16BE(random.pick([0xbede, 0x1000, 0x100f]), offset);
    packet.writeUInt16BE(random.pick([0, 1, 0xffff, 300]), offset + 2);
  }
  return packet;
}

/** Compound RTCP with packet types and lengths at random: SR, RR, SDES, BYE, APP, NACK, PLI, TWCC, XR. */
function rtcp(random: Random): Buffer {
  const packets = Array.from({ length: random.between(1, 8) }, () => {
    const packet = random.bytes(random.between(1, 40) * 4);
    packet[0] = random.pick([0x80, 0xa0]) | random.below(32);
    packet[1] = random.pick([200, 201, 202, 203, 204, 205, 206, 207, 223]);
    packet.writeUInt16BE(random.pick([packet.length / 4 - 1, 0, 0xffff, packet.length / 4]), 2);
    return packet;
  });
  return Buffer.concat(packets);
}

/** Sizes at the edges: nothing, one byte of each class, the largest datagram. */
function edge(random: Random): Buffer {
  const first = random.pick([0, 1, 3, 16, 20, 63, 64, 79, 128, 191, 192, 255]);
  const length = random.pick([0, 1, 2, 3, 4, 8, 11, 12, 13, 19, 20, 25, 1_500, 9_000, 65_000]);
  const bytes = random.bytes(length);
  if (length > 0) bytes[0] = first;
  return bytes;
}
