/** Where the API lives, in the form the official client expects: an origin and an optional path prefix, never a trailing slash. */
export type Endpoint = string;

/**
 * Parses the address of a Sluice server.
 *
 * @param option name of the option the value came from, for the messages
 * @throws TypeError saying what to write instead when the value is no usable http or https address
 */
export function parseEndpoint(option: 'baseUrl' | 'videoHost', value: unknown): Endpoint {
  if (!(typeof value === 'string' || value instanceof URL) || String(value).trim() === '') {
    throw new TypeError(
      `${option} must be the address of your Sluice server, for example "https://video.example.com"`,
    );
  }
  const text = String(value).trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw new TypeError(`${option} "${text}" has no scheme: write "${withScheme(text)}"`);
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) {
    throw new TypeError(`${option} "${text}" is not a valid address: write one like ${EXAMPLE}`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(
      `${option} "${text}" must begin with http:// or https://, not ${url.protocol}//`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    // The value is not repeated: it holds a password.
    throw new TypeError(`${option} must not contain a user name or password: write ${EXAMPLE}`);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new TypeError(
      `${option} "${text}" must end with its path, without "?" or "#": write "${withoutTrailingSlash(url)}"`,
    );
  }
  return withoutTrailingSlash(url);
}

const EXAMPLE = '"https://video.example.com"';

// The official client appends "/session/create" as it is, so that a slash left here would become "//session/create".
function withoutTrailingSlash(url: URL): Endpoint {
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function withScheme(text: string): string {
  const rest = text.replace(/^\/+/, '');
  const local = /^(localhost|127\.|\[::1\])/.test(rest);
  return `${local ? 'http' : 'https'}://${rest}`;
}
