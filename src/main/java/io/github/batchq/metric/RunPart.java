package io.github.batchq.metric;

/**
 * What a mean is taken over: the whole of a run, or one of its sections.
 *
 * @param section number of the section, from 0; -1 for the whole
 */
record RunPart(int section) {
  static final RunPart WHOLE = new RunPart(-1);

  boolean isWhole() {
    return section < 0;
  }
}
