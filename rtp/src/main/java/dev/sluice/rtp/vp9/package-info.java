/**
 * The VP9 payload format (RFC 9628): reads the payload descriptor, finds key frames and renumbers
 * pictures in place. The router's inbound tracks and forwarders call it for each video packet. A
 * flyweight belongs to one thread at a time and never allocates after construction.
 */
@NullMarked
package dev.sluice.rtp.vp9;

import org.jspecify.annotations.NullMarked;
