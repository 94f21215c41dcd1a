/**
 * The AV1 payload format (AOMedia, "RTP Payload Format For AV1"): reads the aggregation header and
 * the OBU headers, finds key frames. The router's inbound tracks call it for each video packet. A
 * flyweight belongs to one thread at a time and never allocates after construction.
 */
@NullMarked
package dev.sluice.rtp.av1;

import org.jspecify.annotations.NullMarked;
