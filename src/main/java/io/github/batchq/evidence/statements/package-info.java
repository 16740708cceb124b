/**
 * Every statement of theory as a named check: closed forms against quadrature and against
 * algorithms that share nothing with them, bounds against random laws, limits against large
 * numbers, formulas against simulation with its intervals, and printed values of the paper against
 * what is true. A {@link io.github.batchq.evidence.statements.Check} tells what it finds to {@link
 * io.github.batchq.evidence.statements.Findings}; {@link
 * io.github.batchq.evidence.statements.Checks} lists the checks, {@link
 * io.github.batchq.evidence.statements.CheckRunner} runs them. This is the one place where theory
 * and simulation meet outside of an experiment. Random numbers come from fixed seeds, so the
 * results are the same bytes on any number of threads. Sources name a statement of docs/theory.md
 * (T1, T2, ...) or of arXiv:2412.04504.
 */
@NullMarked
package io.github.batchq.evidence.statements;

import org.jspecify.annotations.NullMarked;
