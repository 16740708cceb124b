/**
 * Small immutable values that every other package shares: a queued request as a policy may see it,
 * a batch, the shape of a batch, bin boundaries, a data file that a user named (a file, a pipe or
 * standard input) and its readers, which refuse what they cannot read to the digit, the checks of
 * ranges, how numbers and Markdown tables are written, and the exception that carries one clear
 * sentence about bad input. Nothing here knows a clock, a random number or a policy.
 */
@NullMarked
package io.github.batchq.model;

import org.jspecify.annotations.NullMarked;
