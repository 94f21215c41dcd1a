import { readFileSync } from 'node:fs';
import { MediaMode, Video } from '@vonage/video';
import type { SluiceServer } from './server.js';

/** Everything a browser needs to join. */
export interface Invitation {
  readonly applicationId: string;
  readonly sessionId: string;
  readonly token: string;
}

/** What the official SDK puts in a token. */
export interface TokenOptions {
  readonly role?: string;
  readonly data?: string;
  readonly expireTime?: number;
  readonly initialLayoutClassList?: string[];
}

/** The back end of an application, written with the official SDK as its documentation says. */
export class Application {
  readonly id: string;
  readonly privateKey: string;
  readonly video: Video;

  constructor(
    readonly url: string,
    credentials: { readonly id: string; readonly privateKey: string },
  ) {
    this.id = credentials.id;
    this.privateKey = credentials.privateKey;
    this.video = new Video(
      { applicationId: this.id, privateKey: this.privateKey },
      { videoHost: url },
    );
  }

  /** The demo application of a running server. */
  static demoOf(server: SluiceServer): Application {
    const demo = server.demo();
    return new Application(server.url, {
      id: demo.applicationId,
      privateKey: readFileSync(demo.privateKeyFile, 'utf8'),
    });
  }

  /** A new session's id; routed unless told. */
  async createSession(mediaMode: MediaMode = MediaMode.ROUTED): Promise<string> {
    return (await this.video.createSession({ mediaMode })).sessionId;
  }

  /** A token for `sessionId` with what a browser needs beside it. */
  invite(sessionId: string, options: TokenOptions = {}): Invitation {
    return {
      applicationId: this.id,
      sessionId,
      token: this.video.generateClientToken(sessionId, options),
    };
  }
}
