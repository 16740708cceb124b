package io.github.batchq.file.data;

import java.util.Arrays;

/** Short texts, one after the other, in little memory. */
final class TextColumn {
  private final StringBuilder texts = new StringBuilder();
  private int[] ends = new int[64];
  private int size;

  void add(String text) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    texts.append(text);
    ends[size++] = texts.length();
  }

  int size() {
    return size;
  }

  String get(int i) {
    return texts.substring(i == 0 ? 0 : ends[i - 1], ends[i]);
  }
}
