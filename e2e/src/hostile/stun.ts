import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

// RFC 8489 §5, §14 and RFC 8445 §16.1.
const MAGIC_COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const PRIORITY = 0x0024;
const USE_CANDIDATE = 0x0025;
const FINGERPRINT = 0x8028;
const ICE_CONTROLLING = 0x802a;
const FINGERPRINT_XOR = 0x5354554e;
const HEADER_BYTES = 20;
const INTEGRITY_BYTES = 24;

/** The credentials of an ICE-lite server as they stand in its SDP, and the client's own name. */
export interface IceCredentials {
  readonly serverUfrag: string;
  readonly serverPassword: string;
  readonly clientUfrag: string;
}

/** A STUN message with the attributes given as they are; the length field says what there is. */
export function stunMessage(
  type: number,
  transaction: Buffer,
  attributes: readonly (readonly [type: number, value: Buffer])[],
): Buffer {
  const body = Buffer.concat(attributes.map(([kind, value]) => attribute(kind, value)));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length, 2);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  transaction.copy(header, 8, 0, 12);
  return Buffer.concat([header, body]);
}

/** The connectivity check of a controlling client that nominates; valid when the credentials are. */
export function bindingRequest(credentials: IceCredentials, transaction: Buffer): Buffer {
  const priority = Buffer.alloc(4);
  priority.writeUInt32BE(1_845_501_695);
  const message = stunMessage(BINDING_REQUEST, transaction, [
    [USERNAME, Buffer.from(`${credentials.serverUfrag}:${credentials.clientUfrag}`)],
    [ICE_CONTROLLING, Buffer.alloc(8, 7)],
    [PRIORITY, priority],
    [USE_CANDIDATE, Buffer.alloc(0)],
  ]);
  return withFingerprint(withIntegrity(message, credentials.serverPassword));
}

/** Whether `message` is the success response to `transaction`, signed with the server's password. */
export function isSuccessOf(
  message: Buffer,
  transaction: Buffer,
  credentials: IceCredentials,
): boolean {
  if (message.length < HEADER_BYTES + INTEGRITY_BYTES) return false;
  if (message.readUInt16BE(0) !== BINDING_SUCCESS) return false;
  if (!message.subarray(8, 20).equals(transaction)) return false;
  let offset = HEADER_BYTES;
  while (offset + 4 <= message.length) {
    const kind = message.readUInt16BE(offset);
    const length = message.readUInt16BE(offset + 2);
    if (kind === MESSAGE_INTEGRITY && length === 20) {
      const expected = integrity(message.subarray(0, offset), credentials.serverPassword);
      return timingSafeEqual(expected, message.subarray(offset + 4, offset + 24));
    }
    offset += 4 + length + ((4 - (length % 4)) % 4);
  }
  return false;
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + value.length + ((4 - (value.length % 4)) % 4));
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

function withIntegrity(message: Buffer, password: string): Buffer {
  return grown(message, attribute(MESSAGE_INTEGRITY, integrity(message, password)));
}

/** The HMAC over `before` with the length field as if MESSAGE-INTEGRITY were the last attribute (RFC 8489 §14.5). */
function integrity(before: Buffer, password: string): Buffer {
  const input = Buffer.from(before);
  input.writeUInt16BE(before.length - HEADER_BYTES + INTEGRITY_BYTES, 2);
  return createHmac('sha1', password).update(input).digest();
}

function withFingerprint(message: Buffer): Buffer {
  const value = Buffer.alloc(4);
  const input = grown(message, Buffer.alloc(8)).subarray(0, message.length);
  value.writeUInt32BE((crc32(input) ^ FINGERPRINT_XOR) >>> 0);
  return grown(message, attribute(FINGERPRINT, value));
}

function grown(message: Buffer, more: Buffer): Buffer {
  const result = Buffer.concat([message, more]);
  result.writeUInt16BE(result.length - HEADER_BYTES, 2);
  return result;
}
