import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

export type Claims = Readonly<Record<string, unknown>>;

/** A JWT as any JWT library makes it. */
export function rs256(claims: Claims, privateKey: string): string {
  return signed({ alg: 'RS256', typ: 'JWT' }, claims, (input) =>
    createSign('RSA-SHA256').update(input).sign(privateKey),
  );
}

/** The key confusion attack: an HMAC keyed with text that everybody may know, such as a public key. */
export function hs256(claims: Claims, secret: string): string {
  return signed({ alg: 'HS256', typ: 'JWT' }, claims, (input) =>
    createHmac('sha256', secret).update(input).digest(),
  );
}

/** A JWT that claims to need no signature. */
export function unsigned(claims: Claims): string {
  return signed({ alg: 'none', typ: 'JWT' }, claims, () => Buffer.alloc(0));
}

/** The claims that the SDK puts in a token of the REST API, with changes. */
export function restClaims(applicationId: string, changes: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000);
  return { application_id: applicationId, jti: randomUUID(), iat: now, exp: now + 900, ...changes };
}

/** The claims that the SDK puts in a client's token, with changes. */
export function clientClaims(
  applicationId: string,
  sessionId: string,
  changes: Claims = {},
): Claims {
  return {
    ...restClaims(applicationId),
    scope: 'session.connect',
    session_id: sessionId,
    role: 'publisher',
    initial_layout_class_list: '',
    sub: 'video',
    acl: { paths: { '/session/**': {} } },
    ...changes,
  };
}

/** A key that no application has. */
export function strangersKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
}

function signed(header: Claims, claims: Claims, sign: (input: string) => Buffer): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${sign(input).toString('base64url')}`;
}

function encoded(part: Claims): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
