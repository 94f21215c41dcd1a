import type { ArchiveMode, MediaMode } from '@vonage/video';

/** An application and the server that it is on. */
export interface Credentials {
  readonly url: string;
  readonly applicationId: string;
  /** PEM. */
  readonly privateKey: string;
}

/** What is absent is not given to the SDK. Both SDKs have the same values for the same modes. */
export interface SessionRequest {
  readonly mediaMode?: MediaMode;
  readonly archiveMode?: ArchiveMode;
  readonly location?: string;
  /** The Node SDK takes it and sends nothing of it. */
  readonly e2ee?: boolean;
}

export interface TokenRequest {
  readonly role?: 'subscriber' | 'publisher' | 'publisheronly' | 'moderator';
  readonly data?: string;
  readonly lifetimeSeconds?: number;
  readonly layoutClasses?: readonly string[];
}

export interface SignalRequest {
  readonly type?: string;
  readonly data?: string;
  /** Absent: everyone in the session. */
  readonly connectionId?: string;
}

export interface StreamDescription {
  readonly id: string;
  readonly videoType?: string;
  readonly name: string;
  readonly layoutClassList: readonly string[];
}

/** An official SDK for application servers, of any language, in the hands of one application. */
export interface ServerSdk {
  /** The new session's id. */
  createSession(request?: SessionRequest): Promise<string>;
  clientToken(sessionId: string, request?: TokenRequest): Promise<string>;
  streams(sessionId: string): Promise<readonly StreamDescription[]>;
  stream(sessionId: string, streamId: string): Promise<StreamDescription>;
  signal(sessionId: string, request: SignalRequest): Promise<void>;
}

/** An SDK that runs, and works for any application. */
export interface SdkRuntime {
  as(credentials: Credentials): ServerSdk;
  stop(): Promise<void>;
}

/** How an SDK tells its caller that a request failed. */
export class SdkFailure extends Error {
  /** @param status of the server's answer, as the SDK tells it; undefined when it failed otherwise */
  constructor(
    readonly status: number | undefined,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SdkFailure';
  }
}
