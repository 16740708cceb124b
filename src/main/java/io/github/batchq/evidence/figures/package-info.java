/**
 * The base paper, arXiv:2412.04504, figure by figure: its experiments are run, drawn beside the
 * points that the paper plots, and judged number by number, with intervals where the paper has
 * none. Where text and figure of the paper differ, the finding says what is drawn. Begin with
 * {@link io.github.batchq.evidence.figures.Figures}.
 */
@NullMarked
package io.github.batchq.evidence.figures;

import org.jspecify.annotations.NullMarked;
