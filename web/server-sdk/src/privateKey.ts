import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The text of an application's private key, given as the key itself or as the path of the file that holds it.
 *
 * The official client takes a path that does not exist for a key and fails much later, at the first request, with a message about the key's
 * format; so the file is read and the key checked here. No message ever contains the key.
 *
 * @throws TypeError when the value is no RSA private key in PEM form, nor a readable file with one
 */
export function readPrivateKey(value: unknown): string {
  if (!(typeof value === 'string' || Buffer.isBuffer(value)) || value.length === 0) {
    throw new TypeError(
      'privateKey is missing: give the private key of your application, or the path of the file that holds it',
    );
  }
  const text = value.toString();
  if (text.includes('-----BEGIN')) {
    return checked(text, 'privateKey');
  }
  const path = resolve(text);
  const shown = quotable(text) ? ` "${path}"` : '';
  return checked(readFile(path, shown), `the file${shown} that privateKey names`);
}

function readFile(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new TypeError(
      `privateKey is not a key (a text beginning with "-----BEGIN") and the file${shown} cannot be read: ${reason(error)}`,
    );
  }
}

function checked(pem: string, what: string): string {
  let type: string | undefined;
  try {
    type = createPrivateKey(pem).asymmetricKeyType;
  } catch (error) {
    throw new TypeError(`${what} is not an unencrypted private key in PEM form: ${reason(error)}`);
  }
  if (type !== 'rsa') {
    throw new TypeError(
      `${what} is a key of type ${type ?? 'unknown'}; applications have RSA keys`,
    );
  }
  return pem;
}

// What was meant as a path may be a key that lost its header. Base64 has no dot, so a value with one is safe to show.
function quotable(text: string): boolean {
  return text.length <= 1024 && /^[^\r\n]*\.[^\r\n]*$/.test(text);
}

// Only the code: Node puts the path, which may be the key, into the message of a file error.
function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
