package dev.sluice.router.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.router.net.InMemoryNetwork.Datagram;
import dev.sluice.router.room.OfferedTrack;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.Stage;
import dev.sluice.router.testkit.StagePeer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the worker, the links and the rooms allocate per packet, encryption left out. */
class PacketPathAllocationTest {
  private static final int SUBSCRIBERS = 10;
  private static final int FRAMES = 4000;
  private static final int FRAMES_PER_TURN = 4;

  @Test
  void a_packet_that_is_forwarded_to_ten_allocates_nothing_once_warm() {
    Stage stage = new Stage();
    StagePeer alice =
        stage.publish("alice", 1, List.of(Sends.VP8), List.of(new OfferedTrack("0", "stream")));
    for (int i = 0; i < SUBSCRIBERS; i++) {
      subscribeWithoutFeedback(stage, i);
    }
    MediaSource video = MediaSource.vp8(21, "0", "", 960);
    List<Datagram> frames = new ArrayList<>();
    for (int i = 0; i < 2 * FRAMES; i++) {
      frames.add(alice.frame(video, i == 0));
    }
    expectNoAllocation(stage, frames);
  }

  @Test
  void a_packet_of_sound_that_is_kept_for_ten_allocates_nothing_once_warm() {
    Stage stage = new Stage();
    StagePeer alice =
        stage.publish("alice", 1, List.of(Sends.OPUS), List.of(new OfferedTrack("0", "stream")));
    for (int i = 0; i < SUBSCRIBERS; i++) {
      subscribeWithoutFeedback(stage, i);
    }
    MediaSource sound = MediaSource.opus(11, "0");
    List<Datagram> packets = new ArrayList<>();
    for (int i = 0; i < 2 * FRAMES; i++) {
      packets.add(alice.sound(sound));
    }
    expectNoAllocation(stage, packets);
  }

  /** Sends the first half of the packets to warm up, and counts over the second. */
  private static void expectNoAllocation(Stage stage, List<Datagram> packets) {
    stage.network().discardWhatIsSent();

    send(stage, packets.subList(0, FRAMES));
    long forwardedBefore = stage.worker().counters().forwardedPackets;
    long allocatedBefore = allocatedBytes();
    send(stage, packets.subList(FRAMES, 2 * FRAMES));
    long allocated = allocatedBytes() - allocatedBefore;
    long forwarded = stage.worker().counters().forwardedPackets - forwardedBefore;

    assertThat(forwarded).isEqualTo(FRAMES * SUBSCRIBERS);
    // The timers, which run for all peers every second turn, are in this too.
    assertThat(allocated / forwarded).isLessThan(8);
  }

  /** Without feedback nothing is known of a network, so all that comes is sent on. */
  private static void subscribeWithoutFeedback(Stage stage, int index) {
    String peer = "bob" + index;
    stage.run(() -> stage.room().subscribe(peer, "sub" + index, "stream", Stage.EVERYTHING));
    stage.answerAndConnect(
        peer,
        100 + index,
        answer -> answer.replaceAll("a=extmap:\\S+ \\S*transport-wide\\S*\r\n", ""));
  }

  private static void send(Stage stage, List<Datagram> frames) {
    for (int i = 0; i < frames.size(); i++) {
      stage.network().inject(frames.get(i));
      if (i % FRAMES_PER_TURN == FRAMES_PER_TURN - 1) {
        stage.pass(5);
      }
    }
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
