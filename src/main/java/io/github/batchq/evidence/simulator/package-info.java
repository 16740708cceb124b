/**
 * Whether batchq is right, in one report: how often its intervals cover what they should, its
 * simulated queues beside exact formulas, and its kernels beside a second implementation that
 * shares nothing with them but the definition. The paper's figures and the checks of theory, which
 * have reports of their own, are counted in it.
 */
@NullMarked
package io.github.batchq.evidence.simulator;

import org.jspecify.annotations.NullMarked;
