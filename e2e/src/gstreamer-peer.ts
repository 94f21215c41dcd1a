import { JsonProcess } from './json-process.js';
import { GSTREAMER_PEER } from './paths.js';

// The distribution's Python: GStreamer's bindings are packages of it.
const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';

export interface DecodedVideo {
  readonly frames: number;
  readonly width: number;
  readonly height: number;
}

export interface DecodedAudio {
  readonly buffers: number;
  /** The loudest sample yet, 0 to 32768. */
  readonly peak: number;
}

export interface PeerState {
  readonly connection: string;
  readonly video: readonly DecodedVideo[];
  readonly audio: readonly DecodedAudio[];
}

/** A PeerConnection of GStreamer's webrtcbin in a process of its own; whoever starts it carries its descriptions to the server. */
export class GStreamerPeer {
  readonly #process: JsonProcess;

  constructor(name: string) {
    this.#process = new JsonProcess(`gstreamer-${name}`, PYTHON, [GSTREAMER_PEER]);
  }

  /** The offer of one video and one audio track. */
  async publish(): Promise<string> {
    return (await this.#request<{ readonly sdp: string }>({ do: 'publish' })).sdp;
  }

  /** Takes the answer to the own offer. */
  async accept(answer: string): Promise<void> {
    await this.#request({ do: 'accept', sdp: answer });
  }

  /** The answer to an offer, whose media is decoded from then on. */
  async answer(offer: string): Promise<string> {
    return (await this.#request<{ readonly sdp: string }>({ do: 'answer', sdp: offer })).sdp;
  }

  state(): Promise<PeerState> {
    return this.#request<PeerState>({ do: 'state' });
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  async #request<T>(message: Readonly<Record<string, unknown>>): Promise<T> {
    const answer = await this.#process.request(message);
    if (answer.error !== undefined) throw new Error(`GStreamer: ${JSON.stringify(answer.error)}`);
    return answer as T;
  }
}
