import { Video } from '@vonage/video';
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

/** The official Node SDK; it runs in this process. */
export const nodeSdk: SdkRuntime = {
  as: (credentials) => new NodeSdk(credentials),
  stop: () => Promise.resolve(),
};

class NodeSdk implements ServerSdk {
  readonly #video: Video;

  constructor({ url, applicationId, privateKey }: Credentials) {
    this.#video = new Video({ applicationId, privateKey }, { videoHost: url });
  }

  async createSession(request?: SessionRequest): Promise<string> {
    return (await outcome(this.#video.createSession(request))).sessionId;
  }

  clientToken(sessionId: string, request: TokenRequest = {}): Promise<string> {
    const { role, data, lifetimeSeconds, layoutClasses } = request;
    const token = this.#video.generateClientToken(sessionId, {
      ...(role !== undefined && { role }),
      ...(data !== undefined && { data }),
      ...(lifetimeSeconds !== undefined && {
        expireTime: Math.floor(Date.now() / 1000) + lifetimeSeconds,
      }),
      ...(layoutClasses && { initialLayoutClassList: [...layoutClasses] }),
    });
    return Promise.resolve(token);
  }

  async streams(sessionId: string): Promise<readonly StreamDescription[]> {
    const listed = await outcome(this.#video.getStreamInfo(sessionId));
    if (!('items' in listed)) throw new Error(`not a list: ${JSON.stringify(listed)}`);
    return listed.items;
  }

  async stream(sessionId: string, streamId: string): Promise<StreamDescription> {
    const stream = await outcome(this.#video.getStreamInfo(sessionId, streamId));
    if ('items' in stream) throw new Error(`a list: ${JSON.stringify(stream)}`);
    return stream;
  }

  async signal(sessionId: string, { type, data, connectionId }: SignalRequest): Promise<void> {
    await outcome(
      this.#video.sendSignal({ type: type ?? '', data: data ?? '' }, sessionId, connectionId),
    );
  }
}

async function outcome<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { response } = error as { response?: { readonly status?: number } };
    throw new SdkFailure(response?.status, String(error), { cause: error });
  }
}
