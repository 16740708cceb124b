/**
 * Batching policies. A {@link io.github.batchq.policy.BatchingPolicy} is told of every arrival and
 * answers, whenever a server is free, with a {@link io.github.batchq.policy.Decision}; it never
 * touches the clock and never sees a true length, since this package cannot import {@code
 * workload}. An immutable {@link io.github.batchq.policy.PolicySpec} describes a policy and creates
 * the object that one run owns. Begin with {@link io.github.batchq.policy.DynamicBatching}, the
 * shortest one.
 *
 * <p>To add a policy: docs/extending.md names every file.
 */
@NullMarked
package io.github.batchq.policy;

import org.jspecify.annotations.NullMarked;
