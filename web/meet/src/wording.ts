import type { ApiProblem } from './meetingApi.js';
import type { MediaProblem } from './ownMedia.js';
import type { EndReason } from './room.js';
import type { TileNetwork } from './tiles.js';

/** A heading and what to do about it. */
export interface Wording {
  readonly title: string;
  readonly text: string;
}

const UNREACHABLE = 'The server can’t be reached. Check your network, then try again.';

export function apiProblemText(problem: ApiProblem): string {
  switch (problem.kind) {
    case 'notFound':
      return 'There is no such meeting.';
    case 'unreachable':
      return UNREACHABLE;
    case 'refused':
      return problem.message;
    case 'unreadable':
      return 'The server gave an answer this page does not understand. Its versions may not match; try again later.';
  }
}

/** Why the session could not be entered, from the library's error. */
export function connectProblemText(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'OT_CONNECT_FAILED':
    case 'OT_TIMEOUT':
    case 'OT_NOT_CONNECTED':
      return UNREACHABLE;
    case 'OT_AUTHENTICATION_ERROR':
    case 'OT_INVALID_SESSION_ID':
      return 'The server refused your entry. Try again; if it goes on, ask for a new link.';
    case 'OT_CONNECTION_LIMIT_EXCEEDED':
      return 'The meeting is full.';
    default:
      return `You could not be connected: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export function mediaProblemWording(problem: MediaProblem, origin: string): Wording {
  switch (problem.kind) {
    case 'insecureOrigin':
      return {
        title: 'No camera on an insecure page',
        text: `Browsers give the camera and microphone only to pages opened with https:// or on localhost, and this one is ${origin}. Ask for the https:// address of this server.`,
      };
    case 'denied':
      return {
        title: 'Camera and microphone are blocked',
        text: 'Allow them in your browser’s address bar and try again, or join without them: you will see and hear the others.',
      };
    case 'noDevices':
      return {
        title: 'No camera or microphone found',
        text: 'Plug one in and try again, or join without: you will see and hear the others.',
      };
    case 'inUse':
      return {
        title: 'Camera or microphone in use',
        text: 'Another program seems to hold it. Close that and try again, or join without.',
      };
    case 'failed':
      return {
        title: 'Camera and microphone don’t start',
        text: `The browser says: ${problem.message}`,
      };
  }
}

export function endWording(reason: EndReason): Wording {
  switch (reason) {
    case 'left':
      return {
        title: 'You left the meeting',
        text: 'The others can go on without you, and you can come back.',
      };
    case 'removed':
      return {
        title: 'You were removed from the meeting',
        text: 'A moderator ended your part in it.',
      };
    case 'lost':
      return {
        title: 'The connection was lost',
        text: 'The server could not be reached for a while. Check your network, then come back in.',
      };
  }
}

/** What a tile says of the network: in brief where there is little room, and whole. */
export interface NetworkWording {
  readonly brief: string;
  readonly whole: string;
}

/** @param self whether it is of one's own pictures */
export function networkWording(
  network: Exclude<TileNetwork, 'good'>,
  self: boolean,
): NetworkWording {
  switch (network) {
    case 'weak':
      return {
        brief: '',
        whole: self
          ? 'Your connection is getting too weak to send your video.'
          : 'Your connection is getting too weak for this video.',
      };
    case 'tooWeak':
      return self
        ? {
            brief: 'Video not sent',
            whole: 'Your connection is too weak to send your video; others still hear you.',
          }
        : {
            brief: 'Video paused',
            whole: 'Your connection is too weak for this video; sound goes on.',
          };
    case 'tooWeakThere':
      return {
        brief: 'Video paused',
        whole: 'Their connection is too weak for video; sound goes on.',
      };
  }
}
