/**
 * What a publisher sends: the layers of its tracks, what was lost of them, when packets arrived,
 * and what has to be asked for. A worker calls it for each packet of a publisher's transport, on
 * its one thread; nothing here has I/O or a clock, and once a layer's first packet has come nothing
 * allocates.
 *
 * <p>A worker keeps per publish transport one {@link dev.sluice.router.track.LayerTable} and one
 * {@link dev.sluice.router.track.ArrivalLog}. For a decrypted RTP packet:
 *
 * <ol>
 *   <li>{@code LayerTable.layerOf(packet, nowNanos)}: null is counted and dropped;
 *   <li>read the transport-wide sequence number with the ids of {@code layer.section()}, and hand
 *       it to {@code ArrivalLog.onArrival}: every packet counts there, retransmissions and padding
 *       too;
 *   <li>if {@code layer.isRetransmission(packet)}: if {@code layer.isBound()}, {@code Rtx.restore}
 *       turns the packet in place into the one it repeats; else (a probe of padding) the way ends
 *       here;
 *   <li>{@code layer.onPacket(packet, restored, nowNanos)}: false is a duplicate and ends here;
 *   <li>for video {@code VideoPacket.read(packet, layer, codec)}, false is a malformed payload;
 *       then {@code layer.onVideo}, which learns of key frames, sizes and rates;
 *   <li>hand packet, layer and what was read of the video (null when it is not a valid one) to each
 *       forwarder (package {@code forward}). Packets without payload go there too: they leave as
 *       empty ones, so that the sequence numbers have no gap that a subscriber would ask to be
 *       filled.
 * </ol>
 *
 * <p>For RTCP from the publisher: {@code layer.clock().onSenderReport} and {@code
 * layer.reception().onSenderReport} for each SR. Every 10 to 20 ms: {@code layer.losses().due} for
 * a NACK, {@code layer.keyframes().due} for a PLI, {@code ArrivalLog.writeFeedback} (which keeps
 * its own 50 ms). Once a second: {@code layer.reception().appendTo} a receiver report.
 */
@NullMarked
package dev.sluice.router.track;

import org.jspecify.annotations.NullMarked;
