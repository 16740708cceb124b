package io.github.batchq.engine;

/** Is told how many of several tasks are done; may be called from several threads. */
public interface TaskProgress {
  /** {@code done} of {@code all} tasks are done. */
  void finished(int done, int all);
}
