import { OTError } from './errors.js';

/** Where the address of the Sluice server may be found, in order of preference. */
export interface AddressSources {
  /** The `serverUrl` option of `initSession`. */
  readonly option: string | undefined;
  /** The content of `<meta name="sluice-url">`. */
  readonly meta: string | undefined;
  /** `window.SLUICE_URL`. */
  readonly global: string | undefined;
  /** The address this script was loaded from; only its origin counts. */
  readonly script: string | undefined;
}

let scriptUrl: string | undefined;

/** Told once by the entry module: only it knows where the library was loaded from. */
export function rememberScriptUrl(url: string | undefined): void {
  scriptUrl = url;
}

/** The places to look in on this page. */
export function addressSources(option: string | undefined): AddressSources {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="sluice-url"]')?.content;
  const global: unknown = Reflect.get(globalThis, 'SLUICE_URL');
  return {
    option,
    meta,
    global: typeof global === 'string' ? global : undefined,
    script: scriptUrl,
  };
}

/**
 * The WebSocket address of the server's signalling. `http` becomes `ws`, `https` becomes `wss`; a path in the configured address is
 * kept as a prefix.
 *
 * @throws OTError OT_INVALID_PARAMETER when no source names a server or the first that does is not an http(s) or ws(s) URL.
 */
export function signallingUrl(sources: AddressSources): string {
  return `${serverUrl(sources, 'ws')}/v1/signalling`;
}

/**
 * The address of the server itself, for `http`, without a slash at its end.
 *
 * @throws OTError like {@link signallingUrl}.
 */
export function serverAddress(sources: AddressSources): string {
  return serverUrl(sources, 'http');
}

function serverUrl(sources: AddressSources, scheme: 'http' | 'ws'): string {
  const configured = [sources.option, sources.meta, sources.global].find((value) => value);
  const url = configured !== undefined ? parse(configured) : scriptOrigin(sources.script);
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  return `${scheme}${secure ? 's' : ''}://${url.host}${url.pathname.replace(/\/+$/, '')}`;
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)) {
    throw new OTError(
      'OT_INVALID_PARAMETER',
      `serverUrl must be an http or https address, for example https://video.example.com; it is "${address}"`,
    );
  }
  return url;
}

function scriptOrigin(script: string | undefined): URL {
  if (script === undefined || !/^https?:/.test(script)) {
    throw new OTError(
      'OT_INVALID_PARAMETER',
      'The address of the Sluice server is not known: pass serverUrl to initSession, or add <meta name="sluice-url" content="https://…">',
    );
  }
  return new URL('/', script);
}
