package dev.sluice.transport.sdp;

import java.util.List;

/**
 * A simulcast line (RFC 8853 §5.1): rids in the order of preference. Of alternatives the first is
 * kept; whether a layer starts paused ({@code ~}) is not.
 */
public record Simulcast(List<String> send, List<String> receive) {
  public static final Simulcast NONE = new Simulcast(List.of(), List.of());

  public Simulcast {
    send = List.copyOf(send);
    receive = List.copyOf(receive);
  }
}
