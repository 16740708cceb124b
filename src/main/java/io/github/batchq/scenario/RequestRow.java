package io.github.batchq.scenario;

/**
 * What became of a request. Times are seconds since the start of the run.
 *
 * @param id sequence number of its arrival, from 0
 * @param arrival when it arrived
 * @param sent when its client sent it last, which may hold it back or send it again; NaN where it
 *     was not served, and where no client waits for answers
 * @param bin its bin, from 0: that of its batch; of a request that was never served, the predicted
 *     one
 * @param batch number of its batch in the order in which servers began with them, from 0; -1 where
 *     requests join running batches, and where it was not served
 * @param server number of its server, from 0; -1 where it was not served. Of servers that are all
 *     alike the free one with the lowest number takes a batch
 * @param formed when its batch was ready to be served; NaN where it was not served
 * @param start when its server began with it; NaN where it was not served
 * @param firstToken when it had its first token; NaN in a batch that is served whole, and where it
 *     was not served
 * @param done when a server had done all that it needs; after that it waits for the longest request
 *     of its batch, unless it leaves; NaN where it was not served
 * @param end when it left; NaN where it was lost, given up or never served
 * @param released when its place on the server was free again; NaN where it was not served
 * @param promptTokens tokens of its prompt
 * @param length true length, tokens or seconds as the workload counts
 * @param predicted the length that was predicted, in the same unit; NaN where bins are predicted
 * @param gaveUp when its client gave up for good, or called it back; NaN where it did neither
 * @param tries how often it was sent
 * @param group number of its group or conversation, from 0; -1 where it has none
 * @param measured whether it arrived after the warm-up, so that metrics count it
 */
public record RequestRow(
    long id,
    double arrival,
    double sent,
    int bin,
    long batch,
    int server,
    double formed,
    double start,
    double firstToken,
    double done,
    double end,
    double released,
    int promptTokens,
    double length,
    double predicted,
    double gaveUp,
    int tries,
    long group,
    boolean measured) {}
