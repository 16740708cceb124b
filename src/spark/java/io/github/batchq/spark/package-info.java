/**
 * Makes runs on the executors of Apache Spark. This package is compiled by the Maven profile {@code
 * spark} alone and stands in a jar of its own; {@link io.github.batchq.engine.EngineProvider} finds
 * it there, and nothing else of batchq knows Spark. Begin with {@code SparkEngine}.
 */
@NullMarked
package io.github.batchq.spark;

import org.jspecify.annotations.NullMarked;
