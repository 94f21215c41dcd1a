/**
 * What a router must know of a video packet, whatever its codec: where key frames start, which
 * layer a packet is of, and the numbers that a forwarder rewrites. The payload formats implement
 * it; the router's inbound tracks and forwarders call it. Each flyweight belongs to one thread at a
 * time.
 */
@NullMarked
package dev.sluice.rtp.video;

import org.jspecify.annotations.NullMarked;
