/**
 * Whether batchq itself is right: how often its intervals cover what they should, its simulated
 * queues beside exact formulas, and its kernels beside a second implementation that shares nothing
 * with them but the definition. A {@link io.github.batchq.evidence.simulator.SelfTestReport} puts
 * the findings on one page, and counts on it those of the statements of theory and of the paper's
 * figures, which have pages of their own.
 */
@NullMarked
package io.github.batchq.evidence.simulator;

import org.jspecify.annotations.NullMarked;
