/**
 * What theory says of a scenario, by the names of the metrics: a class for each family of policies
 * behind {@link io.github.batchq.expectation.PolicyTheory}, pools of servers, finite runs, and
 * whether there is a steady state at all ({@link io.github.batchq.expectation.Stability}). Formulas
 * live in {@code theory}, which knows no scenario; runs are unknown here. Begin with {@link
 * io.github.batchq.expectation.TheoryOverlay}, and for the points of a sweep with {@link
 * io.github.batchq.expectation.TheoryOverlays}.
 */
@NullMarked
package io.github.batchq.expectation;

import org.jspecify.annotations.NullMarked;
