package io.github.batchq.workload;

import io.github.batchq.random.Law;
import org.jspecify.annotations.Nullable;

/**
 * How long clients wait for answers, and whether they ask again.
 *
 * @param patience law of the seconds that a client waits, from the moment at which it means to send
 *     its request, before it gives up
 * @param inService whether it gives up in service too; else only before its service starts
 * @param pause law of the seconds from when it gives up until it sends the request again; null
 *     where it does not
 * @param mostAgain how often it sends the request again at most; 0 where it does not
 */
public record Impatience(Law patience, boolean inService, @Nullable Law pause, int mostAgain) {}
