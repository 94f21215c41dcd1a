package dev.sluice.transport.stun;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the connectivity checks of a controlling agent: for the warm-up at start and for tests.
 */
public final class StunCheck {
  private static final int ICE_CONTROLLING = 0x802A;
  private static final int HOST_PRIORITY = 0x6E00_01FF;

  private final String username;
  private final MessageIntegrity integrity;
  private final StunWriter writer = new StunWriter();

  /**
   * @param localUfrag of the agent that checks
   * @param remoteUfrag of the agent that is checked
   * @param remotePassword likewise
   */
  public StunCheck(String localUfrag, String remoteUfrag, String remotePassword) {
    username = remoteUfrag + ":" + localUfrag;
    integrity = new MessageIntegrity(remotePassword);
  }

  /** A binding request (RFC 8445 §7.2.2) of its own array. */
  public byte[] request(long transactionId, boolean useCandidate) {
    begin(transactionId, useCandidate);
    return sealed();
  }

  /** As {@link #request}, with one more attribute of 4 zero bytes. */
  public byte[] requestWith(int attributeType, long transactionId) {
    begin(transactionId, false);
    writer.attribute(attributeType, new byte[4]);
    return sealed();
  }

  private void begin(long transactionId, boolean useCandidate) {
    writer.begin(Stun.BINDING_REQUEST);
    byte[] buffer = writer.buffer();
    Stun.putInt32(buffer, Stun.TRANSACTION_ID_OFFSET, 0);
    Stun.putInt32(buffer, Stun.TRANSACTION_ID_OFFSET + 4, (int) (transactionId >>> 32));
    Stun.putInt32(buffer, Stun.TRANSACTION_ID_OFFSET + 8, (int) transactionId);
    writer.attribute(Stun.USERNAME, username.getBytes(StandardCharsets.UTF_8));
    writer.attribute(ICE_CONTROLLING, new byte[8]);
    Stun.putInt32(buffer, writer.attribute(Stun.PRIORITY, 4), HOST_PRIORITY);
    if (useCandidate) {
      writer.attribute(Stun.USE_CANDIDATE, new byte[0]);
    }
  }

  private byte[] sealed() {
    writer.seal(integrity);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }
}
