/**
 * The base paper, arXiv:2412.04504, figure by figure: its experiments are run, drawn beside the
 * points that the paper plots, and judged number by number, with intervals where the paper has
 * none. Where text and figure of the paper differ, the verdict says what is drawn. "Notes" are our
 * own additions to the paper; their numbers (A.1 to A.6) are those of {@code docs/theory.md}'s
 * errata.
 */
@NullMarked
package io.github.batchq.paper;

import org.jspecify.annotations.NullMarked;
