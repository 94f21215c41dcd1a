/**
 * DTLS 1.2 with SRTP keys (RFC 6347, RFC 5764) by Bouncy Castle. A transport starts an association
 * once the peer has an authenticated address; the blocking protocol runs on a virtual thread and
 * its results are handed to the worker. Peers are told by their certificate's fingerprint alone.
 */
@NullMarked
package dev.sluice.transport.dtls;

import org.jspecify.annotations.NullMarked;
