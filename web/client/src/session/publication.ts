import { OTError, toOTError } from '../errors.js';
import { logWarning } from '../logging.js';
import { noneOf, smallestOf, wantedOf } from '../media/encodings.js';
import { applyEncodings, type OutgoingMedium, type OutgoingStream } from '../peers/outgoing.js';
import type { PublishPeer } from '../peers/publish-peer.js';
import type { LocalMedia } from '../publisher/local-media.js';
import type { VideoUse } from '../publisher/uplink-fallback.js';
import { SerialQueue } from '../serial-queue.js';
import type { Announcement, StreamUpdate } from '../signalling/messages.js';
import { explainRefusal } from '../signalling/refusal.js';
import type { Signalling } from '../signalling/signalling.js';
import type { Stream } from './stream.js';

/** What a publisher tells of itself beside its media. */
export interface Label {
  readonly name: string;
  readonly initials: string | undefined;
  /** Whether its pictures may be held back for who has a bad network; undefined: by their kind. */
  readonly audioFallback: boolean | undefined;
}

/** What a publication needs of its session. */
export interface PublicationContext {
  readonly signalling: Signalling;
  peer(): PublishPeer;
  /** Makes the Stream of an own announcement known. */
  ownStream(streamId: string, announcement: Announcement): Stream;
}

/** One publisher's stream in one session, from the announcement to its end. */
export class Publication {
  readonly #context: PublicationContext;
  readonly #label: Label;
  readonly #queue = new SerialQueue();
  #media: LocalMedia | undefined;
  #stream: Stream | undefined;
  #outgoing: OutgoingStream | undefined;
  #announced: Announcement | undefined;
  /** The layers that anybody wants; undefined until the server says so. */
  #wantedRids: readonly string[] | undefined;
  /** What the network of this client lets it send of the pictures; of a probe no more bits per second than this. */
  #use: VideoUse = 'all';
  #probeBps = 0;
  /** Whether the pictures were on, whatever the network, when the others were told last. */
  #hadVideo = false;
  #ended = false;

  constructor(context: PublicationContext, label: Label) {
    this.#context = context;
    this.#label = label;
  }

  /** The stream once it was announced. */
  get stream(): Stream | undefined {
    return this.#stream;
  }

  /** What carries the media once it was negotiated. */
  get outgoing(): OutgoingStream | undefined {
    return this.#outgoing;
  }

  /**
   * Announces the stream, negotiates its media and waits until it flows.
   *
   * @throws OTError why it can't be published; OT_STREAM_DESTROYED when it was ended meanwhile.
   */
  async start(prepared: Promise<LocalMedia>): Promise<Stream> {
    const media = await prepared;
    this.#failIfEnded();
    try {
      return await this.#publish(media);
    } catch (error) {
      if (!this.#ended) this.end({ announce: true });
      throw toOTError(explainRefusal(error));
    }
  }

  /** Takes the stream out of the session; `announce` unless the server knows already. Later calls do nothing. */
  end({ announce }: { readonly announce: boolean }): void {
    if (this.#ended) return;
    this.#ended = true;
    const stream = this.#stream;
    if (!stream) return;
    const unpublish = async (): Promise<void> => {
      if (announce) await this.#context.signalling.request('unpublish', { streamId: stream.id });
    };
    // Without media yet, start() sees the end after its negotiation and takes the media out itself.
    const removed = this.#outgoing
      ? this.#context.peer().remove(this.#outgoing, unpublish)
      : unpublish();
    removed.catch((error: unknown) => {
      logWarning('a stream was not taken out of the session properly', error);
    });
  }

  /** Brings senders and announcement in line with the media after it changed. */
  refresh(): Promise<void> {
    return this.#queue.run(async () => {
      const media = this.#media;
      const outgoing = this.#outgoing;
      if (!media || !outgoing || this.#ended) return;
      for (const medium of media.outgoing()) {
        await sendBy(outgoing, { ...medium, encodings: this.#inUse(medium) });
      }
      await this.#announceChanges(media);
    });
  }

  /** Switches layers off that nobody wants, and on again. What has no layers stays as it is. */
  wantLayers(rids: readonly string[]): Promise<void> {
    this.#wantedRids = rids;
    return this.refresh();
  }

  /** Sends no more of the pictures than the network carries, and tells the others whether there are any. A probe is not told of. */
  useVideo(use: VideoUse, probeBps: number): Promise<void> {
    this.#use = use;
    this.#probeBps = probeBps;
    return this.refresh();
  }

  /** Whether media gets through, as far as is known. */
  flows(): boolean {
    return this.#outgoing !== undefined && this.#context.peer().path.health === 'flowing';
  }

  /** Whether anybody wants the pictures. */
  isWanted(): boolean {
    return this.#wantedRids?.length !== 0;
  }

  #inUse({ kind, encodings }: OutgoingMedium): readonly RTCRtpEncodingParameters[] {
    if (kind === 'audio') return encodings;
    switch (this.#use) {
      case 'all':
        return wantedOf(encodings, this.#wantedRids);
      case 'lowest':
        return smallestOf(encodings);
      case 'probe':
        return smallestOf(encodings, this.#probeBps);
      case 'none':
        return noneOf(encodings);
    }
  }

  async #publish(media: LocalMedia): Promise<Stream> {
    const { signalling } = this.#context;
    const announcement = announcementOf(media, this.#label);
    const { streamId } = await signalling.request('publish', announcement);
    const stream = this.#context.ownStream(streamId, announcement);
    this.#stream = stream;
    this.#announced = announcement;
    this.#hadVideo = media.hasVideo;
    if (this.#ended) {
      await signalling.request('unpublish', { streamId });
      this.#failIfEnded();
    }
    const peer = this.#context.peer();
    const outgoing = await peer.add(streamId, media.outgoing());
    if (this.#ended) {
      // The server was told by end() already; only the m-sections are left to free.
      await peer.remove(outgoing, () => Promise.resolve());
      this.#failIfEnded();
    }
    this.#media = media;
    this.#outgoing = outgoing;
    await this.refresh();
    await peer.connected();
    this.#failIfEnded();
    return stream;
  }

  async #announceChanges(media: LocalMedia): Promise<void> {
    const before = this.#announced;
    const stream = this.#stream;
    if (!before || !stream) return;
    const hasVideo = media.hasVideo && (this.#use === 'all' || this.#use === 'lowest');
    const now = { ...announcementOf(media, this.#label), hasVideo };
    // Where no person has changed it, the network did.
    const forQuality = media.hasVideo && this.#hadVideo;
    this.#hadVideo = media.hasVideo;
    const size = now.videoDimensions;
    const resized =
      size &&
      (size.width !== before.videoDimensions?.width ||
        size.height !== before.videoDimensions.height);
    const update: StreamUpdate = {
      ...(now.hasAudio !== before.hasAudio ? { hasAudio: now.hasAudio } : {}),
      ...(hasVideo !== before.hasVideo ? { hasVideo } : {}),
      ...(hasVideo !== before.hasVideo && forQuality ? { reason: 'quality' } : {}),
      ...(resized ? { videoDimensions: size } : {}),
    };
    if (Object.keys(update).length === 0) return;
    await this.#context.signalling.request('updateStream', { streamId: stream.id, ...update });
    this.#announced = now;
  }

  #failIfEnded(): void {
    if (this.#ended) {
      throw new OTError('OT_STREAM_DESTROYED', 'The stream was ended while it was being published');
    }
  }
}

/** Lets a stream's sender send `medium`; again when another PeerConnection took the stream over meanwhile. */
async function sendBy(outgoing: OutgoingStream, medium: OutgoingMedium): Promise<void> {
  const { kind, track, encodings } = medium;
  const sender = outgoing.sender(kind);
  if (!sender) return;
  try {
    if (sender.track !== track) await sender.replaceTrack(track);
    if (kind === 'video' && track) await applyEncodings(sender, encodings);
  } catch (error) {
    if (outgoing.sender(kind) === sender) throw error;
  }
  if (outgoing.sender(kind) !== sender) await sendBy(outgoing, medium);
}

function announcementOf(media: LocalMedia, { name, initials, audioFallback }: Label): Announcement {
  const { videoType, hasAudio, hasVideo, dimensions, frameRate } = media;
  return {
    name,
    ...(initials === undefined ? {} : { initials }),
    ...(audioFallback === undefined ? {} : { audioFallback }),
    hasAudio,
    hasVideo,
    ...(videoType === undefined ? {} : { videoType, videoDimensions: dimensions, frameRate }),
  };
}
