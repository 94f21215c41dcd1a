package dev.sluice.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Region;

/**
 * A datagram of DTLS records: what is acceptable consists of whole records, none of them an alert
 * that nobody signed.
 */
public final class DtlsRecordsFuzz {
  private static final int ALERT = 21;

  private DtlsRecordsFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Region region = Region.of(input);
    boolean acceptable = DtlsRecords.acceptable(region.buffer(), region.offset(), region.length());
    assertThat(region.bytes()).isEqualTo(input);
    if (!acceptable) {
      return;
    }
    int at = 0;
    while (at < input.length) {
      assertThat(input.length - at).isGreaterThan(DtlsRecords.RECORD_HEADER_LENGTH);
      boolean plaintext = input[at + 3] == 0 && input[at + 4] == 0;
      assertThat(plaintext && input[at] == ALERT).isFalse();
      at += DtlsRecords.RECORD_HEADER_LENGTH;
      at += (input[at - 2] & 0xFF) << 8 | (input[at - 1] & 0xFF);
    }
    assertThat(at).isEqualTo(input.length).isPositive();
  }
}
