/**
 * The video codecs that the house forwards, by the names of SDP, each with its payload format. The
 * router makes its flyweights with it. Immutable, so any thread.
 */
@NullMarked
package dev.sluice.rtp.codec;

import org.jspecify.annotations.NullMarked;
