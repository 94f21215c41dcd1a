import type { OpenTok, Publisher, Session } from './opentok.js';

interface Surroundings {
  readonly openTok: OpenTok;
  readonly session: Session;
  readonly name: string;
  readonly changed: () => void;
  /** Worth saying once. */
  readonly noticed: (text: string) => void;
}

/** One's own screen, shown to the others. */
export class ScreenShare {
  private publisher: Publisher | undefined;
  private sharing = false;

  constructor(private readonly surroundings: Surroundings) {}

  /** Whether the others see the screen now. */
  get on(): boolean {
    return this.sharing;
  }

  /** Asks which screen or window to share, or stops sharing. */
  toggle(): void {
    if (this.publisher === undefined) {
      this.start();
    } else {
      this.stop();
    }
  }

  stop(): void {
    const { publisher } = this;
    this.publisher = undefined;
    this.sharing = false;
    publisher?.destroy();
    this.surroundings.changed();
  }

  private start(): void {
    const { openTok, session, name } = this.surroundings;
    const publisher = openTok.initPublisher(
      undefined,
      {
        insertDefaultUI: false,
        name: `${name}’s screen`,
        videoSource: 'screen',
        audioSource: null,
        publishAudio: false,
        publishVideo: true,
        videoContentHint: 'detail',
      },
      (error) => {
        if (error !== undefined) {
          this.failed(publisher, error);
        } else if (publisher === this.publisher) {
          session.publish(publisher, undefined, (fault) => {
            this.published(publisher, fault);
          });
        }
      },
    );
    this.publisher = publisher;
    // The browser's own bar ends it too.
    publisher.on('mediaStopped', () => {
      if (publisher === this.publisher) {
        this.stop();
      }
    });
  }

  private published(publisher: Publisher, fault: Error | undefined): void {
    if (fault !== undefined) {
      this.failed(publisher, fault);
    } else if (publisher === this.publisher) {
      this.sharing = true;
      this.surroundings.changed();
    }
  }

  private failed(publisher: Publisher, error: Error): void {
    if (publisher !== this.publisher) {
      return;
    }
    this.stop();
    // Closing the browser's question is a change of mind, and nothing to tell.
    if (error.name !== 'OT_USER_MEDIA_ACCESS_DENIED') {
      this.surroundings.noticed(`Your screen can’t be shared: ${error.message}`);
    }
  }
}
