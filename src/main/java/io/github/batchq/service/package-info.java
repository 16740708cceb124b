/**
 * Service-time models: how long a server is busy with a batch, from the batch's shape alone. The
 * paper's model is the longest request of the batch.
 */
@NullMarked
package io.github.batchq.service;

import org.jspecify.annotations.NullMarked;
