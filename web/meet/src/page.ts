import { sendable } from './chat.js';
import { meetingIdFromText, meetingIdOf, meetingLink } from './meetingAddress.js';
import type { MeetingApi } from './meetingApi.js';
import { tidyName } from './names.js';
import { ANY_MEDIA, OwnMedia, type MediaChoice } from './ownMedia.js';
import type { OpenTok } from './opentok.js';
import { Room, type EndReason } from './room.js';
import { apiProblemText, connectProblemText } from './wording.js';

/** What the page stands on; the browser's in `main.ts`, others in tests. */
export interface Ground {
  readonly openTok: OpenTok;
  readonly api: MeetingApi;
  /** Address of the Sluice server, which is also where this page comes from. */
  readonly serverUrl: string;
  /** The page's address now. */
  readonly address: () => URL;
  /** Changes the page's address; undefined names no meeting. */
  readonly goTo: (meetingId: string | undefined) => void;
  readonly names: { read(): string; write(name: string): void };
  /** Whether this origin may ask for a microphone and camera at all. */
  readonly canCapture: boolean;
  /** Whether this browser can share its screen; phones can't. */
  readonly canShareScreen: boolean;
  readonly copy: (text: string) => Promise<boolean>;
  readonly nowMillis: () => number;
  readonly after: (delayMillis: number, run: () => void) => void;
  readonly redraw: () => void;
}

export type Screen =
  | { readonly kind: 'landing'; readonly busy: boolean; readonly problem: string }
  | {
      readonly kind: 'lobby';
      readonly meetingId: string;
      readonly media: OwnMedia;
      readonly busy: boolean;
      readonly problem: string;
    }
  | { readonly kind: 'room'; readonly meetingId: string; readonly room: Room }
  | { readonly kind: 'ended'; readonly meetingId: string; readonly reason: EndReason }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unsupported' };

const NOTICE_MS = 4_000;
const OFFERS_NO_MEETINGS = 'This server does not start meetings by itself.';

/** The page: which screen is shown, and what the user's actions lead to. Everything is drawn again after each change. */
export class Page {
  screen: Screen = { kind: 'landing', busy: false, problem: '' };
  name: string;
  /** Said once, for a moment. */
  notice = '';
  private notices = 0;
  private choice: MediaChoice = ANY_MEDIA;

  constructor(private readonly ground: Ground) {
    this.name = tidyName(ground.names.read());
  }

  /** Shows what the address names. To be called at the start and whenever the address changed. */
  follow(): void {
    const meetingId = meetingIdOf(this.ground.address());
    if (meetingId !== undefined && meetingId === this.meetingId) {
      return;
    }
    this.letGo();
    if (this.ground.openTok.checkSystemRequirements() !== 1) {
      this.show({ kind: 'unsupported' });
    } else if (meetingId === undefined) {
      this.show({ kind: 'landing', busy: false, problem: '' });
    } else {
      this.prepare(meetingId);
    }
  }

  /** The link to the meeting on the screen. */
  get link(): string {
    return meetingLink(this.ground.address(), this.meetingId ?? '');
  }

  typeName(name: string): void {
    this.name = name;
  }

  async start(): Promise<void> {
    this.keepName();
    this.show({ kind: 'landing', busy: true, problem: '' });
    const answer = await this.ground.api.start();
    if (this.screen.kind !== 'landing') {
      return;
    }
    if (answer.ok) {
      this.ground.goTo(answer.value);
      this.follow();
    } else {
      // The endpoint itself is missing: only a server that plays the application's part too has it.
      const offersNone = answer.problem.kind === 'notFound';
      const problem = offersNone ? OFFERS_NO_MEETINGS : apiProblemText(answer.problem);
      this.show({ kind: 'landing', busy: false, problem });
    }
  }

  /** Goes to the meeting named by a code or link. */
  open(codeOrLink: string): void {
    this.keepName();
    const meetingId = meetingIdFromText(codeOrLink);
    if (meetingId === undefined) {
      const problem = 'That is not a meeting code or link. Check that it was copied whole.';
      this.show({ kind: 'landing', busy: false, problem });
      return;
    }
    this.ground.goTo(meetingId);
    this.follow();
  }

  /** Enters the meeting of the lobby. */
  async join(): Promise<void> {
    const lobby = this.screen;
    if (lobby.kind !== 'lobby' || lobby.busy) {
      return;
    }
    this.keepName();
    if (this.name === '') {
      this.show({ ...lobby, problem: 'Enter your name, so that others know who you are.' });
      return;
    }
    this.show({ ...lobby, busy: true, problem: '' });
    const answer = await this.ground.api.enter(lobby.meetingId, this.name);
    if (!this.isJoining(lobby.media)) {
      return;
    }
    if (!answer.ok) {
      this.refused(lobby, answer.problem.kind === 'notFound', apiProblemText(answer.problem));
      return;
    }
    try {
      const room = await Room.enter({
        openTok: this.ground.openTok,
        serverUrl: this.ground.serverUrl,
        ticket: answer.value,
        name: this.name,
        nowMillis: this.ground.nowMillis,
        listener: {
          changed: () => {
            this.ground.redraw();
          },
          noticed: (text) => {
            this.say(text);
          },
          ended: (reason) => {
            this.show({ kind: 'ended', meetingId: lobby.meetingId, reason });
          },
        },
      });
      this.entered(room, lobby.meetingId, lobby.media);
    } catch (error) {
      if (this.isJoining(lobby.media)) {
        this.refused(lobby, false, connectProblemText(error));
      }
    }
  }

  /** Back to the lobby of the meeting that ended for us. */
  rejoin(): void {
    if (this.screen.kind === 'ended') {
      this.prepare(this.screen.meetingId);
    }
  }

  /** Asks for the devices again, after they were refused or missing. */
  retryMedia(): void {
    const lobby = this.screen;
    if (lobby.kind === 'lobby' && !lobby.busy) {
      lobby.media.stop();
      this.choice = ANY_MEDIA;
      this.show({ ...lobby, media: this.openMedia() });
    }
  }

  /** Asks for the devices in the meeting, after joining without. */
  joinWithMedia(room: Room): void {
    room.media?.stop();
    this.choice = ANY_MEDIA;
    this.send(room, this.openMedia());
    this.ground.redraw();
  }

  get canShareScreen(): boolean {
    return this.ground.canShareScreen;
  }

  /** A key was pressed outside of any field. Answers whether it meant something. */
  press(key: string): boolean {
    if (this.screen.kind === 'lobby') {
      return toggleOwn(this.screen.media, key);
    }
    if (this.screen.kind !== 'room') {
      return false;
    }
    const { room } = this.screen;
    if (key === 's' && this.canShareScreen) {
      room.screenShare.toggle();
      return true;
    }
    return room.media !== undefined && toggleOwn(room.media, key);
  }

  home(): void {
    this.ground.goTo(undefined);
    this.follow();
  }

  async copyLink(): Promise<void> {
    const copied = await this.ground.copy(this.link);
    this.say(copied ? 'Link copied' : `Copy this link: ${this.link}`);
  }

  /** Sends a chat message. Answers whether the draft is done with. */
  async sendChat(draft: string): Promise<boolean> {
    if (this.screen.kind !== 'room') {
      return false;
    }
    const message = sendable(draft);
    switch (message.kind) {
      case 'empty':
        return false;
      case 'tooLong':
        this.say(`That message is too long: ${message.bytes} of ${message.longestBytes} bytes.`);
        return false;
      case 'text': {
        const fault = await this.screen.room.say(message.text);
        if (fault !== undefined) {
          this.say(`Not sent: ${fault}`);
        }
        return fault === undefined;
      }
    }
  }

  say(text: string): void {
    this.notice = text;
    const number = ++this.notices;
    this.ground.redraw();
    this.ground.after(NOTICE_MS, () => {
      if (number === this.notices) {
        this.notice = '';
        this.ground.redraw();
      }
    });
  }

  private get meetingId(): string | undefined {
    return 'meetingId' in this.screen ? this.screen.meetingId : undefined;
  }

  private entered(room: Room, meetingId: string, preview: OwnMedia): void {
    if (!this.isJoining(preview)) {
      room.leave();
      return;
    }
    this.choice = preview.chosen;
    this.send(room, preview);
    this.show({ kind: 'room', meetingId, room });
  }

  private send(room: Room, media: OwnMedia): void {
    room.media = media;
    media.whenOpen((publisher) => {
      room.publish(publisher);
    });
  }

  private refused(
    lobby: Extract<Screen, { kind: 'lobby' }>,
    notFound: boolean,
    problem: string,
  ): void {
    if (notFound) {
      lobby.media.stop();
      this.show({ kind: 'notFound' });
    } else {
      this.show({ ...lobby, busy: false, problem });
    }
  }

  // While we waited the user may have gone elsewhere, by the back button for one.
  private isJoining(preview: OwnMedia): boolean {
    return this.screen.kind === 'lobby' && this.screen.media === preview;
  }

  private prepare(meetingId: string): void {
    const media = this.openMedia();
    this.show({ kind: 'lobby', meetingId, media, busy: false, problem: '' });
    void this.lookUp(meetingId, media);
  }

  /** A mistyped link is told before anybody has prepared for a meeting that is not there. */
  private async lookUp(meetingId: string, media: OwnMedia): Promise<void> {
    const answer = await this.ground.api.find(meetingId);
    // Whatever else went wrong, joining will tell.
    if (!answer.ok && answer.problem.kind === 'notFound' && this.isJoining(media)) {
      media.stop();
      this.show({ kind: 'notFound' });
    }
  }

  private openMedia(): OwnMedia {
    const { openTok, canCapture, nowMillis, redraw } = this.ground;
    return OwnMedia.start({ openTok, canCapture, nowMillis, changed: redraw }, this.choice);
  }

  private letGo(): void {
    if (this.screen.kind === 'lobby') {
      this.screen.media.stop();
    } else if (this.screen.kind === 'room') {
      this.screen.room.leave();
    }
  }

  private keepName(): void {
    this.name = tidyName(this.name);
    this.ground.names.write(this.name);
  }

  private show(screen: Screen): void {
    this.screen = screen;
    this.ground.redraw();
  }
}

function toggleOwn(media: OwnMedia, key: string): boolean {
  switch (key) {
    case 'm':
      media.toggleAudio();
      return true;
    case 'v':
      media.toggleVideo();
      return true;
    default:
      return false;
  }
}
