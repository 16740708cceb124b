/**
 * Batching policies. A {@link io.github.batchq.policy.BatchingPolicy} is told of every arrival and
 * answers, whenever a server is free, with a {@link io.github.batchq.policy.Decision}; it never
 * touches the clock and never sees a true length. An immutable {@link
 * io.github.batchq.policy.PolicySpec} describes a policy and creates the object that one run owns.
 *
 * <p>To add a policy: one class with its spec, one line in the catalogue of {@code file}, one
 * subclass of the battery of tests that every policy must pass.
 */
@NullMarked
package io.github.batchq.policy;

import org.jspecify.annotations.NullMarked;
