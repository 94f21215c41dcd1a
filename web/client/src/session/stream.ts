import type {
  Dimensions,
  PropertyChange,
  StreamMessage,
  VideoType,
} from '../signalling/messages.js';
import type { Connection } from './connection.js';

/** A published set of tracks. The same object stands for it as long as it lasts, and its properties follow the stream's. */
export class Stream {
  /** Unique on the server. */
  readonly streamId: string;
  /** The same as `streamId`. */
  readonly id: string;
  /** Who publishes it. */
  readonly connection: Connection;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  /** What the publisher is called; '' when it did not say. */
  name: string;
  /** What may show while there is no picture. */
  initials: string | undefined;
  /** Absent for a stream that never has pictures. */
  videoType: VideoType | undefined;
  /** Whether the publisher's sound is on. */
  hasAudio: boolean;
  /** Whether the publisher's picture is on. */
  hasVideo: boolean;
  /** Always false: this server has no captions yet. */
  hasCaptions = false;
  /** In pixels; 0 by 0 while unknown. */
  videoDimensions: Dimensions;
  /** Frames per second the publisher asked its camera for. */
  frameRate: number | undefined;
  /** @internal Whether nothing comes from its publisher, whose network may be gone. */
  isInterrupted = false;
  /** @internal Whether the network of its publisher is why it has no picture. */
  isHeldBack = false;

  /** @internal */
  constructor(message: StreamMessage, connection: Connection) {
    this.streamId = message.id;
    this.id = message.id;
    this.connection = connection;
    this.creationTime = message.createdAt;
    this.name = message.name;
    this.initials = message.initials;
    this.videoType = message.videoType;
    this.hasAudio = message.hasAudio;
    this.hasVideo = message.hasVideo;
    this.videoDimensions = message.videoDimensions ?? { width: 0, height: 0 };
    this.frameRate = message.frameRate;
  }

  /**
   * Takes a change over and gives the value before.
   *
   * @internal
   */
  apply(change: PropertyChange): boolean | Dimensions {
    const before = this[change.property];
    Object.assign(this, { [change.property]: change.newValue });
    if (change.property === 'hasVideo') this.isHeldBack = !change.newValue && change.forQuality;
    return before;
  }
}
