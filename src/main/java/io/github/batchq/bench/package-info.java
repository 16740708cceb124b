/**
 * How fast it is: kernels beside a plain recursion over the same random numbers in one run, token
 * steps, and every policy as {@code batchq run} simulates it. Prints nothing. Begin with {@link
 * io.github.batchq.bench.SpeedCase}.
 */
@NullMarked
package io.github.batchq.bench;

import org.jspecify.annotations.NullMarked;
