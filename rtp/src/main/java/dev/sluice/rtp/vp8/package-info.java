/**
 * The VP8 payload format (RFC 7741): reads the payload descriptor, finds key frames and renumbers
 * pictures in place. The router's inbound tracks and forwarders call it for each video packet. A
 * flyweight belongs to one thread at a time and never allocates after construction.
 */
@NullMarked
package dev.sluice.rtp.vp8;

import org.jspecify.annotations.NullMarked;
