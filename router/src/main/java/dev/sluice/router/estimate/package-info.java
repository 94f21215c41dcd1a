/**
 * What one subscribe transport can carry, judged by the sender from transport-wide feedback: delay
 * gradient, loss, acknowledged rate and probes. Called by {@code dev.sluice.router.live} for each
 * packet sent and each feedback; a pure function of times and inputs. Used on the worker's thread
 * only, and nothing allocates per packet.
 */
@NullMarked
package dev.sluice.router.estimate;

import org.jspecify.annotations.NullMarked;
