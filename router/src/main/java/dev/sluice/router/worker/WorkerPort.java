package dev.sluice.router.worker;

import dev.sluice.router.net.DatagramPort;
import dev.sluice.router.net.SendBatch;

/** A port and what is to be sent through it at the end of this turn. */
final class WorkerPort {
  // Under the second-level cache together with what is sealed into it.
  private static final int BATCH_BYTES = 256 << 10;
  private static final int BATCH_ENTRIES = 512;

  private final DatagramPort port;
  private final SendBatch batch = new SendBatch(BATCH_BYTES, BATCH_ENTRIES);

  WorkerPort(DatagramPort port) {
    this.port = port;
  }

  DatagramPort port() {
    return port;
  }

  SendBatch batch() {
    return batch;
  }

  SendBatch batchWithRoom(int bytes) {
    if (!batch.hasRoom(bytes)) {
      flush();
    }
    return batch;
  }

  void flush() {
    if (!batch.isEmpty()) {
      port.send(batch);
    }
  }
}
