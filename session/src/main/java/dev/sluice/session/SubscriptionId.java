package dev.sluice.session;

/** Names one subscription of one connection. */
public record SubscriptionId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
