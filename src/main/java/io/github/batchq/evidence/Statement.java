package io.github.batchq.evidence;

/**
 * Something that is claimed and can be put to the test.
 *
 * @param id short name, such as {@code Thm4.2}; no other statement on the same page has it
 * @param claim what is claimed, in whole sentences
 * @param source where it is claimed; empty where a page says it of all its statements
 */
public record Statement(String id, String claim, String source) {}
