package dev.sluice.server.cli;

/** Where the {@code sluice} command begins. */
public final class Sluice {
  private Sluice() {}

  public static void main(String[] arguments) {
    System.exit(SluiceCommand.run(arguments, System.out, System.err));
  }
}
