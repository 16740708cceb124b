package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.QueuedRequest;
import java.util.Queue;

/** Formed batches that wait for a server. */
final class FormedBatches {
  private FormedBatches() {}

  /**
   * Takes a request out of its batch, which keeps its turn as long as anybody is left in it.
   *
   * @return false if it is in none of the batches
   */
  static boolean remove(QueuedRequest request, Queue<Batch> formed) {
    boolean found = false;
    for (int i = formed.size(); i > 0; i--) {
      Batch batch = formed.remove();
      Batch rest = found ? batch : batch.without(request.id());
      found |= rest != batch;
      if (rest != null) {
        formed.add(rest);
      }
    }
    return found;
  }
}
