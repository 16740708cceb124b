/**
 * Files to values. {@link io.github.batchq.file.YamlReader} reads YAML as a tree, {@link
 * io.github.batchq.file.Binder} makes records of it, strictly, and {@link
 * io.github.batchq.file.Catalogue} knows the kinds of policies, laws, arrivals, service models,
 * predictors and traces by their names in files. {@link io.github.batchq.file.ExperimentFile} reads
 * a whole experiment; {@link io.github.batchq.file.LawCall} a law of the command line. Below it,
 * {@code file.data} reads data files and the tables in them, and {@code file.trace} recorded
 * traces: what describes something that stands in a file, such as {@code EmpiricalSpec} or {@code
 * TraceFile}, lives there, and the rooms below see the interface alone. Every error names file,
 * line, key, what was found and what is allowed. Begin with {@code ExperimentFile}.
 */
@NullMarked
package io.github.batchq.file;

import org.jspecify.annotations.NullMarked;
