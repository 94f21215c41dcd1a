import type { MediaMode, Video as OfficialVideo } from '@vonage/video';
import { parseEndpoint, type Endpoint } from './endpoint.js';
import { readPrivateKey } from './privateKey.js';

type OfficialArguments = ConstructorParameters<typeof OfficialVideo>;

/** What the official client accepts as its first argument. */
export type OfficialCredentials = OfficialArguments[0];

/** What the official client accepts as its second argument; `videoHost` is the one that counts here. */
export type VideoOptions = NonNullable<OfficialArguments[1]>;

/** An application and the server it lives on. */
export interface SluiceCredentials {
  /** Id of the application, a UUID. */
  readonly applicationId: string;
  /** The application's RSA private key in PEM form, or the path of the file that holds it. */
  readonly privateKey: string | Buffer;
  /** Address of the Sluice server: http or https, a port and a path prefix if it has them. Needed unless `videoHost` is given. */
  readonly baseUrl?: string | URL;
}

/** The official session options; `mediaMode` may also be spelled out. */
export type SessionOptions = Omit<
  NonNullable<Parameters<OfficialVideo['createSession']>[0]>,
  'mediaMode'
> & {
  readonly mediaMode?: MediaMode | 'routed' | 'relayed';
};

/**
 * The arguments for the official client that make it call the given server and no other.
 *
 * @throws TypeError when no server is named, two are, or one of the values cannot be used
 */
export function officialArguments(
  credentials: SluiceCredentials | OfficialCredentials,
  options: VideoOptions | undefined,
): [OfficialCredentials, VideoOptions] {
  if (!isObject(credentials)) {
    throw new TypeError(
      'new Video(...) takes an object with applicationId, privateKey and baseUrl',
    );
  }
  const videoHost = endpoint('baseUrl' in credentials ? credentials.baseUrl : undefined, options);
  return [checkedCredentials(credentials), { ...options, videoHost }];
}

// A program in plain JavaScript can pass anything.
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function endpoint(baseUrl: unknown, options: VideoOptions | undefined): Endpoint {
  const fromBase = baseUrl === undefined ? undefined : parseEndpoint('baseUrl', baseUrl);
  const fromHost =
    options?.videoHost === undefined ? undefined : parseEndpoint('videoHost', options.videoHost);
  if (fromBase !== undefined && fromHost !== undefined && fromBase !== fromHost) {
    throw new TypeError(
      `baseUrl "${fromBase}" and videoHost "${fromHost}" name different servers: give one of them`,
    );
  }
  const found = fromBase ?? fromHost;
  if (found === undefined) {
    // The official client would call the vendor's public service here, with a token signed by this application's key.
    throw new TypeError(
      'baseUrl is missing: give the address of your Sluice server, ' +
        'new Video({ applicationId, privateKey, baseUrl: "https://video.example.com" })',
    );
  }
  return found;
}

function checkedCredentials(
  credentials: SluiceCredentials | OfficialCredentials,
): OfficialCredentials {
  // The same test the official client makes: an Auth object signs by itself and has been checked by whoever made it.
  if (Object.hasOwn(credentials, 'getQueryParams')) {
    return credentials;
  }
  const { applicationId } = credentials;
  if (typeof applicationId !== 'string' || applicationId === '') {
    throw new TypeError('applicationId is missing: give the id of your application');
  }
  return { ...credentials, privateKey: readPrivateKey(credentials.privateKey) };
}
