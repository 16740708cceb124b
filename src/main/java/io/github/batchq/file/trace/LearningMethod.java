package io.github.batchq.file.trace;

/** How lengths are learnt from prompts. */
public enum LearningMethod {
  /** A regression tree (CART): ranges of prompts, and the mean length in each. */
  TREE,
  /** The mean length of the requests whose prompts are nearest, on a logarithmic scale. */
  NEIGHBOURS
}
