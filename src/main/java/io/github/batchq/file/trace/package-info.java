/**
 * Recorded traces by their formats, and what is learnt from them: each format is a {@link
 * io.github.batchq.workload.TraceSpec} that reads its file into a {@link
 * io.github.batchq.workload.Trace}, and {@link io.github.batchq.file.trace.LengthLearner} learns
 * from one how lengths go with prompts. Begin with {@link io.github.batchq.file.trace.VidurTrace}.
 */
@NullMarked
package io.github.batchq.file.trace;

import org.jspecify.annotations.NullMarked;
