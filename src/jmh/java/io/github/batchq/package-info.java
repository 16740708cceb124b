/** Benchmarks that JMH runs: {@code mvn -Pjmh test-compile exec:exec}. */
@NullMarked
package io.github.batchq;

import org.jspecify.annotations.NullMarked;
