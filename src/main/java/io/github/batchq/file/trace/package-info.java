/**
 * Recorded traces by their formats, and what is learnt from them: {@link
 * io.github.batchq.file.trace.TraceFormats} tells what each format is, {@link
 * io.github.batchq.file.trace.TraceFile} reads a file of any of them into a {@link
 * io.github.batchq.workload.Trace}, and {@link io.github.batchq.file.trace.LengthLearner} learns
 * from one how lengths go with prompts. Begin with {@link
 * io.github.batchq.file.trace.TraceFormats}.
 */
@NullMarked
package io.github.batchq.file.trace;

import org.jspecify.annotations.NullMarked;
