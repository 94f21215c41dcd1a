/**
 * What one subscriber gets of one track: a {@link dev.sluice.router.forward.Forwarder} chooses the
 * layer, renumbers its packets so that they look like one unbroken stream, sends again what got
 * lost, and reports on them. A worker calls it on its one thread; nothing here has I/O or a clock,
 * and once packets flow nothing allocates.
 *
 * <p>A worker keeps one {@link dev.sluice.router.forward.AudioForwarder} or {@link
 * dev.sluice.router.forward.VideoForwarder} per subscribed track. For an inbound packet that passed
 * the steps of package {@code track}, for each forwarder of that track:
 *
 * <ol>
 *   <li>have {@code Forwarder.maxLength(packet)} bytes free, and room for encryption behind them;
 *   <li>{@code forwarder.forward(layer, packet, video, nowNanos, out, offset)}: 0 means that this
 *       subscriber doesn't get it;
 *   <li>stamp what belongs to the transport, {@code PacketStamp.stamp}: the transport-wide sequence
 *       number and the send time. Stamp last, just before encryption, because the order of stamping
 *       is the order of sending;
 *   <li>encrypt and send.
 * </ol>
 *
 * <p>For RTCP from the subscriber: a NACK calls {@code retransmit} for each number and then stamps
 * like above; PLI and FIR call {@code onPictureLoss}; report blocks call {@code onReport}. Every 10
 * to 100 ms: {@code onTick}, which reconsiders the layer and asks for key frames; {@code
 * writeSenderReport}, which keeps its own second.
 */
@NullMarked
package dev.sluice.router.forward;

import org.jspecify.annotations.NullMarked;
