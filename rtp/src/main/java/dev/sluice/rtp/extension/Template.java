package dev.sluice.rtp.extension;

/**
 * What the frames that name one template have in common. Immutable as long as nobody writes to the
 * arrays, which are its own.
 */
final class Template {
  private final int spatialId;
  private final int temporalId;
  private final long indications;
  private final byte[] frameDifferences;
  private final byte[] chainDifferences;

  Template(
      int spatialId,
      int temporalId,
      long indications,
      byte[] frameDifferences,
      byte[] chainDifferences) {
    this.spatialId = spatialId;
    this.temporalId = temporalId;
    this.indications = indications;
    this.frameDifferences = frameDifferences;
    this.chainDifferences = chainDifferences;
  }

  int spatialId() {
    return spatialId;
  }

  int temporalId() {
    return temporalId;
  }

  /** Two bits of each decode target, see {@link Indication#of}. */
  long indications() {
    return indications;
  }

  int referenceCount() {
    return frameDifferences.length;
  }

  /** How many frame numbers back a frame lies that it refers to, 1 to 16. */
  int reference(int index) {
    return frameDifferences[index];
  }

  /** How many frame numbers back the latest frame of a chain lies, 0 to 15. */
  int chainDifference(int chain) {
    return chainDifferences[chain];
  }
}
