package io.github.batchq.engine;

/** Is told how far tasks have come; may be called from several threads. */
public interface TaskProgress {
  /** So many of all tasks are done. */
  void finished(int done, int all);
}
