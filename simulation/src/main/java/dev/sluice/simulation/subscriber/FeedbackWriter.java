package dev.sluice.simulation.subscriber;

import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.rtcp.Nack;
import dev.sluice.rtp.rtcp.PictureLossIndication;
import dev.sluice.rtp.rtcp.ReceiverReport;
import dev.sluice.rtp.rtcp.SenderReport;
import dev.sluice.rtp.rtcp.TransportFeedbackWriter;
import dev.sluice.simulation.media.Formats;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a browser tells of what it receives. */
final class FeedbackWriter {
  private static final int OWN_SSRC = 7;
  private static final int MAX_NACKS = 100;

  private record Heard(int compactNtp, long nanos) {}

  private final ArrivalFeedback arrivals = new ArrivalFeedback(Formats.SUBSCRIBED, OWN_SSRC);
  private final Map<Integer, Heard> senderReports = new HashMap<>();
  private final byte[] buffer = new byte[2 * TransportFeedbackWriter.MAX_LENGTH];
  private final int[] missing = new int[MAX_NACKS];
  private final ReceiverReport report = new ReceiverReport();

  void onRtp(RtpPacket packet, long nowNanos) {
    arrivals.onArrival(packet, nowNanos);
  }

  void onSenderReport(SenderReport sent, long nowNanos) {
    senderReports.put(sent.ssrc(), new Heard(NtpTime.compact(sent.ntpTime()), nowNanos));
  }

  /** Transport-wide feedback, when some is due. */
  void writeArrivals(long nowNanos, Consumer<byte[]> out) {
    for (int length = arrivals.write(buffer, nowNanos);
        length > 0;
        length = arrivals.write(buffer, nowNanos)) {
      out.accept(Arrays.copyOf(buffer, length));
    }
  }

  /** What a sound needs. */
  void writeNeeds(SoundReceiver sound, long nowNanos, Consumer<byte[]> out) {
    sound.forgetWhatIsPlayed(nowNanos);
    writeNacks(sound.ssrc(), sound.nacks(), nowNanos, out);
  }

  private void writeNacks(int ssrc, NackList nacks, long nowNanos, Consumer<byte[]> out) {
    if (!nacks.isEmpty()) {
      int count = nacks.due(nowNanos, missing);
      if (count > 0) {
        int length = Nack.write(buffer, 0, OWN_SSRC, ssrc, missing, count);
        out.accept(Arrays.copyOf(buffer, length));
      }
    }
  }

  /** What a video needs. */
  void writeNeeds(VideoReceiver video, long nowNanos, Consumer<byte[]> out) {
    writeNacks(video.ssrc(), video.nacks(), nowNanos, out);
    if (video.needsKeyFrame(nowNanos)) {
      int length = PictureLossIndication.write(buffer, 0, OWN_SSRC, video.ssrc());
      out.accept(Arrays.copyOf(buffer, length));
    }
  }

  /** Receiver reports of all streams: the router measures its round trips by them. */
  void writeReports(List<ReceivedStream> streams, long nowNanos, Consumer<byte[]> out) {
    report.begin(buffer, 0, OWN_SSRC);
    for (ReceivedStream stream : streams) {
      append(stream.video().ssrc(), stream.video().nacks(), nowNanos);
    }
    out.accept(Arrays.copyOf(buffer, report.finish()));
    report.begin(buffer, 0, OWN_SSRC);
    for (ReceivedStream stream : streams) {
      append(stream.sound().ssrc(), stream.sound().nacks(), nowNanos);
    }
    out.accept(Arrays.copyOf(buffer, report.finish()));
  }

  private void append(int ssrc, NackList nacks, long nowNanos) {
    Heard heard = senderReports.get(ssrc);
    report.append(
        ssrc,
        0,
        0,
        nacks.extendedHighest(),
        0,
        heard == null ? 0 : heard.compactNtp,
        heard == null ? 0 : NtpTime.compactOfNanos(nowNanos - heard.nanos));
  }
}
