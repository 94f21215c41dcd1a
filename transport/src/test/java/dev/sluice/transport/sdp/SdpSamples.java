package dev.sluice.transport.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Descriptions in the test resources: as Chromium 156 and Firefox 153 wrote them. */
public final class SdpSamples {
  public static final String CHROMIUM_SIMULCAST = "chromium-simulcast-offer";
  public static final String CHROMIUM_SINGLE_LAYER = "chromium-single-layer-offer";
  public static final String CHROMIUM_WITH_DATA = "chromium-offer-with-data";
  public static final String CHROMIUM_RED_FIRST = "chromium-red-first-offer";
  public static final String FIREFOX_SIMULCAST = "firefox-simulcast-offer";

  /** To an offer of H.264, Opus with RED, VP8, VP9, AV1 and three more profiles of H.264. */
  public static final String CHROMIUM_ANSWER = "chromium-subscribe-answer";

  /** To the same offer. */
  public static final String FIREFOX_ANSWER = "firefox-subscribe-answer";

  private SdpSamples() {}

  public static String read(String name) {
    try (InputStream in = SdpSamples.class.getResourceAsStream(name + ".sdp")) {
      if (in == null) {
        throw new IllegalArgumentException("no sample " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
