/**
 * Small immutable values that every other package shares: a queued request as a policy may see it,
 * a batch, the shape of a batch, bin boundaries, a table of results, the checks of ranges, how
 * numbers and Markdown tables are written, and the exception that carries one clear sentence about
 * bad input. Nothing here knows a clock, a random number or a policy; and nothing from here up to
 * {@code scenario} knows files, threads, reflection or AWT.
 */
@NullMarked
package io.github.batchq.model;

import org.jspecify.annotations.NullMarked;
