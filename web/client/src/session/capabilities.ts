import { OTError } from '../errors.js';
import type { CapabilitiesMessage } from '../signalling/messages.js';

/** What the token allows, as 0 or 1. */
export interface Capabilities {
  /** Publish streams. */
  readonly publish: 0 | 1;
  /** Receive streams. */
  readonly subscribe: 0 | 1;
  /** Remove others from the session. */
  readonly forceDisconnect: 0 | 1;
  /** End streams of others. */
  readonly forceUnpublish: 0 | 1;
  /** Mute others. */
  readonly forceMute: 0 | 1;
}

/**
 * Fails where the token does not allow to publish or to subscribe.
 *
 * @throws OTError OT_PERMISSION_DENIED.
 */
export function requireCapability(
  capabilities: Capabilities | undefined,
  needed: 'publish' | 'subscribe',
): void {
  if (capabilities?.[needed] === 1) return;
  throw new OTError('OT_PERMISSION_DENIED', `The token's role does not allow to ${needed}`);
}

/** The same as the server says it in booleans. */
export function capabilitiesOf(message: CapabilitiesMessage): Capabilities {
  const bit = (allowed: boolean): 0 | 1 => (allowed ? 1 : 0);
  return {
    publish: bit(message.publish),
    subscribe: bit(message.subscribe),
    forceDisconnect: bit(message.forceDisconnect),
    forceUnpublish: bit(message.forceUnpublish),
    forceMute: bit(message.forceMute),
  };
}
