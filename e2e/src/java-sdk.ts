import { JsonProcess, type Fields } from './json-process.js';
import { JAVA_SDK_COMMAND } from './paths.js';
import {
  SdkFailure,
  type Credentials,
  type SdkRuntime,
  type ServerSdk,
  type SessionRequest,
  type SignalRequest,
  type StreamDescription,
  type TokenRequest,
} from './server-sdk.js';

/** What the Java SDK makes of the answer to a new session. */
export interface JavaSession {
  readonly sessionId: string;
  readonly applicationId: string;
  readonly createdAt: string;
}

/** The official Java SDK, in a process of its own: `e2e/java-sdk`. */
export class JavaSdkRuntime implements SdkRuntime {
  readonly #process = new JsonProcess('java-sdk', JAVA_SDK_COMMAND);

  as(credentials: Credentials): JavaSdk {
    return new JavaSdk(this.#process, credentials);
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}

export class JavaSdk implements ServerSdk {
  constructor(
    private readonly process: JsonProcess,
    private readonly credentials: Credentials,
  ) {}

  async createSession(request?: SessionRequest): Promise<string> {
    return (await this.session(request)).sessionId;
  }

  /** All that the SDK tells of the new session. */
  async session(request: SessionRequest = {}): Promise<JavaSession> {
    return (await this.#call('createSession', { ...request })) as unknown as JavaSession;
  }

  async clientToken(sessionId: string, request: TokenRequest = {}): Promise<string> {
    return (await this.#call('clientToken', { sessionId, ...request })).token as string;
  }

  async streams(sessionId: string): Promise<readonly StreamDescription[]> {
    return (await this.#call('streams', { sessionId })).items as StreamDescription[];
  }

  async stream(sessionId: string, streamId: string): Promise<StreamDescription> {
    return (await this.#call('stream', {
      sessionId,
      streamId,
    })) as unknown as StreamDescription;
  }

  async signal(sessionId: string, request: SignalRequest): Promise<void> {
    await this.#call('signal', { sessionId, ...request });
  }

  async #call(method: string, fields: Fields): Promise<Fields> {
    const answer = await this.process.request({
      as: this.credentials,
      call: { method, ...fields },
    });
    const result = answer.result as Fields;
    if (typeof result.message === 'string') {
      throw new SdkFailure(result.status as number | undefined, result.message);
    }
    return result;
  }
}
