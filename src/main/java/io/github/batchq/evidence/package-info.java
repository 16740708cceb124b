/**
 * Is it right? One vocabulary for everything that is put to the test: a {@link
 * io.github.batchq.evidence.Statement} claims something, a {@link
 * io.github.batchq.evidence.Finding} says of one number what was expected and what was found, with
 * a {@link io.github.batchq.evidence.Verdict}; a statement with its findings is {@link
 * io.github.batchq.evidence.Evidence}, and an {@link io.github.batchq.evidence.EvidencePage} shows
 * it. Statements of theory are tested in {@code statements}, figures of the base paper in {@code
 * figures}, and batchq itself in {@code simulator}.
 */
@NullMarked
package io.github.batchq.evidence;

import org.jspecify.annotations.NullMarked;
