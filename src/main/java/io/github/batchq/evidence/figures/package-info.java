/**
 * The base paper, arXiv:2412.04504, figure by figure: its experiments are run, drawn beside the
 * points that the paper plots, and judged number by number, with intervals where the paper has
 * none. Where text and figure of the paper differ, the verdict says what is drawn. T35.4 is a
 * statement of docs/theory.md and of {@code batchq theory check}.
 */
@NullMarked
package io.github.batchq.evidence.figures;

import org.jspecify.annotations.NullMarked;
