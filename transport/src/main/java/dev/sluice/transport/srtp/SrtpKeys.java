package dev.sluice.transport.srtp;

import java.util.Arrays;

/** Master keys and salts of both directions (RFC 5764 §4.2). Doesn't copy its arrays. */
public final class SrtpKeys {
  private final SrtpProfile profile;
  private final byte[] clientKey;
  private final byte[] clientSalt;
  private final byte[] serverKey;
  private final byte[] serverSalt;

  public SrtpKeys(
      SrtpProfile profile,
      byte[] clientKey,
      byte[] clientSalt,
      byte[] serverKey,
      byte[] serverSalt) {
    boolean keysFit =
        clientKey.length == SrtpProfile.KEY_LENGTH && serverKey.length == SrtpProfile.KEY_LENGTH;
    boolean saltsFit =
        clientSalt.length == profile.saltLength() && serverSalt.length == profile.saltLength();
    if (!keysFit || !saltsFit) {
      throw new IllegalArgumentException("key material of the wrong length for " + profile);
    }
    this.profile = profile;
    this.clientKey = clientKey;
    this.clientSalt = clientSalt;
    this.serverKey = serverKey;
    this.serverSalt = serverSalt;
  }

  /** Bytes of exported key material (RFC 5764 §4.2) that a profile needs. */
  public static int materialLength(SrtpProfile profile) {
    return 2 * (SrtpProfile.KEY_LENGTH + profile.saltLength());
  }

  /** Takes exported key material apart: client key, server key, client salt, server salt. */
  public static SrtpKeys ofMaterial(SrtpProfile profile, byte[] material) {
    int key = SrtpProfile.KEY_LENGTH;
    int salt = profile.saltLength();
    return new SrtpKeys(
        profile,
        Arrays.copyOfRange(material, 0, key),
        Arrays.copyOfRange(material, 2 * key, 2 * key + salt),
        Arrays.copyOfRange(material, key, 2 * key),
        Arrays.copyOfRange(material, 2 * key + salt, 2 * key + 2 * salt));
  }

  public SrtpProfile profile() {
    return profile;
  }

  byte[] clientKey() {
    return clientKey;
  }

  byte[] clientSalt() {
    return clientSalt;
  }

  byte[] serverKey() {
    return serverKey;
  }

  byte[] serverSalt() {
    return serverSalt;
  }
}
