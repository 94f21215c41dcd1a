package dev.sluice.transport.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/**
 * A description ends in an {@link SdpException}, or what is written of it reads and writes the same
 * again. Written and read it may have lost what we can't write: a source without a CNAME.
 */
public final class SessionDescriptionFuzz {
  private SessionDescriptionFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws SdpException {
    SessionDescription description;
    try {
      description = SessionDescription.parse(new String(input, StandardCharsets.UTF_8));
    } catch (SdpException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
      return;
    }
    String written = description.write();
    SessionDescription read = SessionDescription.parse(written);
    assertThat(read.write()).isEqualTo(written);
    assertThat(read.media()).hasSameSizeAs(description.media());
    assertThat(read.bundle()).isEqualTo(description.bundle());
  }
}
