import { CHAT_SIGNAL, EMPTY_CHAT, toggled, withMessage, type Chat } from './chat.js';
import { Incoming } from './incoming.js';
import type { Ticket } from './meetingApi.js';
import { NAMELESS, nameInConnectionData } from './names.js';
import type { Connection, OpenTok, Publisher, Session, Stream } from './opentok.js';
import type { OwnMedia } from './ownMedia.js';
import { ScreenShare } from './screenShare.js';
import type { Stage, Tile } from './tiles.js';

// Of equal tiles that many are large enough to follow a face; beyond, whoever speaks gets a large one.
const MOST_EQUAL_TILES = 9;
const OWN_TILE = 'self';

/** Why one is no longer in the room. */
export type EndReason = 'left' | 'removed' | 'lost';

/** Told by a room to the page. */
export interface RoomListener {
  /** Something that is shown has changed. */
  changed(): void;
  /** Worth saying once. */
  noticed(text: string): void;
  ended(reason: EndReason): void;
}

interface Entry {
  readonly openTok: OpenTok;
  readonly serverUrl: string;
  readonly ticket: Ticket;
  readonly name: string;
  readonly nowMillis: () => number;
  readonly listener: RoomListener;
}

/** A meeting as seen from inside: who is there, what they send, and what they write. */
export class Room {
  chat: Chat = EMPTY_CHAT;
  reconnecting = false;
  /** The browser keeps quiet until the page is clicked. */
  soundBlocked = false;
  /** Why others can't see or hear us; empty when they can. */
  publishFault = '';
  /** One's own devices; absent when one only watches. */
  media: OwnMedia | undefined;
  /** The devices' dialog is open. */
  choosingDevices = false;
  readonly screenShare: ScreenShare;
  private readonly people = new Map<string, Connection>();
  private readonly incoming = new Map<string, Incoming>();
  /** The stream of who spoke last of all, and of who did apart from oneself. */
  private leading: string | undefined;
  private lastHeard: string | undefined;
  private hasEnded = false;

  private constructor(
    private readonly session: Session,
    private readonly entry: Entry,
  ) {
    const { openTok, listener, name } = entry;
    this.screenShare = new ScreenShare({
      openTok,
      session,
      name,
      changed: () => {
        listener.changed();
      },
      noticed: (text) => {
        listener.noticed(text);
      },
    });
  }

  /**
   * Enters the room. The promise fails with the library's error when the server can't be reached or refuses the token.
   */
  static enter(entry: Entry): Promise<Room> {
    const { applicationId, sessionId, token } = entry.ticket;
    const { serverUrl } = entry;
    return new Promise((resolve, reject) => {
      const session = entry.openTok.initSession(applicationId, sessionId, { serverUrl });
      const room = new Room(session, entry);
      room.listen();
      session.connect(token, (error) => {
        if (error === undefined) {
          resolve(room);
        } else {
          reject(error);
        }
      });
    });
  }

  /** Everyone's tiles: one's own first, the others in the order they came. */
  get tiles(): readonly Tile[] {
    const others = [...this.people.values()].flatMap((person) => this.tilesOf(person));
    const tiles = [this.ownTile(), ...others];
    // Of several screens the one that came last: somebody took over.
    const screen = [...this.incoming.values()]
      .reverse()
      .find(({ stream }) => stream.videoType === 'screen')?.stream.streamId;
    const speaker = tiles.length > MOST_EQUAL_TILES ? this.lastHeard : undefined;
    const stageOf = (key: string): Stage => {
      if (screen !== undefined) {
        return key === screen ? 'screen' : 'none';
      }
      return key === speaker ? 'speaker' : 'none';
    };
    return tiles.map((tile) => ({
      ...tile,
      leading: tile.key === this.leading,
      stage: stageOf(tile.key),
    }));
  }

  /** How many people are here, oneself included. */
  get headcount(): number {
    return this.people.size + 1;
  }

  /** Sends what the microphone and camera give to everyone. */
  publish(publisher: Publisher): void {
    this.session.publish(publisher, undefined, (error) => {
      this.publishFault = error?.message ?? '';
      this.entry.listener.changed();
    });
  }

  chooseDevices(open: boolean): void {
    this.choosingDevices = open;
    this.entry.listener.changed();
  }

  toggleChat(): void {
    this.chat = toggled(this.chat);
    this.entry.listener.changed();
  }

  /** Sends a message to everyone; it is shown when it comes back. Answers why it could not be sent, or nothing. */
  say(text: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.session.signal({ type: CHAT_SIGNAL, data: text }, (error) => {
        resolve(error?.message);
      });
    });
  }

  async allowSound(): Promise<void> {
    try {
      await this.entry.openTok.unblockAudio();
      this.soundBlocked = false;
    } catch (error) {
      this.entry.listener.noticed(`The browser still blocks sound: ${String(error)}`);
    }
    this.entry.listener.changed();
  }

  leave(): void {
    this.end('left');
    this.session.disconnect();
  }

  private listen(): void {
    const { session, entry } = this;
    const { listener } = entry;
    session.on('connectionCreated', ({ connection }) => {
      this.arrived(connection);
    });
    session.on('connectionDestroyed', ({ connection }) => {
      if (this.people.delete(connection.connectionId)) {
        listener.noticed(`${nameOf(connection)} left`);
        listener.changed();
      }
    });
    session.on('streamCreated', ({ stream }) => {
      this.receive(stream);
    });
    session.on('streamDestroyed', ({ stream }) => {
      this.incoming.delete(stream.streamId);
      listener.changed();
    });
    session.on('streamPropertyChanged', () => {
      listener.changed();
    });
    session.on('activeSpeakerChanged', ({ stream }) => {
      this.speaks(stream);
    });
    session.on('sessionReconnecting', () => {
      this.reconnecting = true;
      listener.changed();
    });
    session.on('sessionReconnected', () => {
      this.reconnecting = false;
      listener.noticed('You are back in the meeting');
      listener.changed();
    });
    session.on('sessionDisconnected', ({ reason }) => {
      this.end(endReason(reason));
    });
    session.on('signal:chat', ({ data, from }) => {
      this.hear(data ?? '', from);
    });
  }

  private arrived(connection: Connection): void {
    const own = this.session.connection;
    if (connection.connectionId === own?.connectionId || this.people.has(connection.connectionId)) {
      return;
    }
    this.people.set(connection.connectionId, connection);
    // Those who were here before us are announced in the same way right after we enter.
    if (own && connection.creationTime > own.creationTime) {
      this.entry.listener.noticed(`${nameOf(connection)} joined`);
    }
    this.entry.listener.changed();
  }

  private receive(stream: Stream): void {
    this.arrived(stream.connection);
    const { nowMillis, listener } = this.entry;
    const incoming = new Incoming(this.session, stream, {
      nowMillis,
      changed: () => {
        listener.changed();
      },
      soundBlocked: () => {
        this.soundBlocked = true;
        listener.changed();
      },
    });
    this.incoming.set(stream.streamId, incoming);
    listener.changed();
  }

  private speaks(stream: Stream): void {
    const own = stream.connection.connectionId === this.session.connection?.connectionId;
    this.leading = own ? OWN_TILE : stream.streamId;
    if (!own) {
      this.lastHeard = stream.streamId;
    }
    this.entry.listener.changed();
  }

  private hear(text: string, from: Connection | null): void {
    if (text === '') {
      return;
    }
    const own = from !== null && from.connectionId === this.session.connection?.connectionId;
    const name = from === null ? 'Announcement' : nameOf(from);
    this.chat = withMessage(this.chat, {
      from: own ? this.entry.name : name,
      own,
      text,
      atMillis: this.entry.nowMillis(),
    });
    this.entry.listener.changed();
  }

  private tilesOf(person: Connection): readonly Tile[] {
    const name = nameOf(person);
    const streams = [...this.incoming.values()].filter(
      ({ stream }) => stream.connection.connectionId === person.connectionId,
    );
    return streams.length > 0
      ? streams.map((it) => it.tile(name))
      : [silentTile(person.connectionId, name)];
  }

  private ownTile(): Tile {
    const { media } = this;
    const on = media?.state.kind === 'on' ? media : undefined;
    return {
      ...silentTile(OWN_TILE, this.entry.name),
      self: true,
      video: on?.video,
      hasVideo: on?.video !== undefined && on.videoOn,
      hasAudio: on?.audioOn ?? false,
      speaking: on?.speaking ?? false,
      note: media?.state.kind === 'starting' ? 'connecting' : 'none',
      network: on?.network ?? 'good',
    };
  }

  private end(reason: EndReason): void {
    if (this.hasEnded) {
      return;
    }
    this.hasEnded = true;
    this.media?.stop();
    this.screenShare.stop();
    this.entry.listener.ended(reason);
  }
}

function nameOf(connection: Connection): string {
  return nameInConnectionData(connection.data) ?? NAMELESS;
}

function silentTile(key: string, name: string): Tile {
  return {
    key,
    name,
    self: false,
    kind: 'camera',
    video: undefined,
    hasVideo: false,
    hasAudio: false,
    speaking: false,
    leading: false,
    stage: 'none',
    note: 'none',
    network: 'good',
  };
}

function endReason(reason: string): EndReason {
  switch (reason) {
    case 'clientDisconnected':
      return 'left';
    case 'forceDisconnected':
      return 'removed';
    default:
      return 'lost';
  }
}
