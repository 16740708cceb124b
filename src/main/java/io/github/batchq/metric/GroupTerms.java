package io.github.batchq.metric;

import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * When a group of requests ends.
 *
 * @param first with how many answers, at least 1; with all of a smaller group
 * @param scoredInSystem whether with the answer to one more request of the same system, which
 *     scores the others
 * @param scorers servers that score and do nothing else; 0 where there are none
 * @param scoring how many seconds they take for a prompt of so many tokens; null where there are
 *     none
 */
public record GroupTerms(
    int first, boolean scoredInSystem, int scorers, @Nullable LongToDoubleFunction scoring) {}
