/**
 * Simulation set side by side with what is known otherwise: theory, a recursion, times worked out
 * by hand, a measurement. Both go in through the front door, an experiment file or {@link
 * io.github.batchq.study.Simulation}, and what comes out must agree within the interval of the
 * simulated value. A test of one class lives in the package of that class, and not here.
 */
package io.github.batchq.agreement;
