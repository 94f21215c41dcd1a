import { Video as OfficialVideo, type Session } from '@vonage/video';
import {
  officialArguments,
  type OfficialCredentials,
  type SessionOptions,
  type SluiceCredentials,
  type VideoOptions,
} from './credentials.js';

export * from '@vonage/video';
export type { SessionOptions, SluiceCredentials, VideoOptions } from './credentials.js';

/**
 * The official video client, pointed at a Sluice server.
 *
 * Every method is the official one. What differs is where it calls: the server must be named, by `baseUrl` or by the official
 * `videoHost` option, and there is no default to fall back to.
 */
export class Video extends OfficialVideo {
  /** @throws TypeError before any request when the server, the application or its key is missing or unusable */
  constructor(credentials: SluiceCredentials | OfficialCredentials, options?: VideoOptions) {
    super(...officialArguments(credentials, options));
  }

  /** Accepts `'routed'` and `'relayed'` beside the values of `MediaMode`; they reach the server as they are. */
  override createSession(sessionOptions?: SessionOptions): Promise<Session> {
    return super.createSession(sessionOptions as Parameters<OfficialVideo['createSession']>[0]);
  }
}
