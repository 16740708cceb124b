package io.github.batchq.study.plan;

import org.jspecify.annotations.Nullable;

/**
 * A family of policies, its best member, and why another family wins.
 *
 * @param family its name
 * @param best the cheapest member that keeps the requirements, or else the one that comes nearest;
 *     null where none was run
 * @param why why it is not the winner, in a few words; empty for the winner's own
 */
record FamilyVerdict(String family, @Nullable Trial best, String why) {}
