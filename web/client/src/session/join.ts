import { OTError } from '../errors.js';
import type { Cancel, Platform } from '../platform.js';
import { addressSources, signallingUrl } from '../server-address.js';
import type { JoinedMessage } from '../signalling/messages.js';
import { Signalling, type SignallingListener } from '../signalling/signalling.js';
import { LIBRARY_NAME } from '../version.js';

/** Who joins what. */
export interface Ticket {
  readonly sessionId: string;
  readonly token: string;
  readonly serverUrl: string | undefined;
}

/** The open socket of a client that joined, and what it found there. */
export interface Joined {
  readonly signalling: Signalling;
  readonly found: JoinedMessage;
}

/**
 * Opens a socket and joins the session.
 *
 * @throws OTError or Refusal why that was not possible.
 */
export async function join(
  platform: Platform,
  { sessionId, token, serverUrl }: Ticket,
  listener: SignallingListener,
): Promise<Joined> {
  if (!isText(token)) throw new OTError('OT_AUTHENTICATION_ERROR', 'connect needs a token');
  if (!isText(sessionId)) {
    throw new OTError('OT_INVALID_SESSION_ID', 'initSession needs a session id');
  }
  const url = signallingUrl(addressSources(serverUrl));
  const signalling = await Signalling.open(platform, url, listener);
  try {
    const found = await signalling.request('connect', { sessionId, token, client: LIBRARY_NAME });
    return { signalling, found };
  } catch (error) {
    signalling.close();
    throw error;
  }
}

/** Calls `leave` when the person goes to another page or closes this one. */
export function whenPageGoes(leave: () => void): Cancel {
  window.addEventListener('pagehide', leave);
  return () => {
    window.removeEventListener('pagehide', leave);
  };
}

/** Plain JavaScript passes what it likes. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
