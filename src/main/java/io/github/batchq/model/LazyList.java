package io.github.batchq.model;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/**
 * A list that keeps none of its elements: each is made when it is asked for, and made again when it
 * is asked for again. A sweep may have a million points.
 *
 * @param <E> what is in it
 */
public final class LazyList<E> extends AbstractList<E> implements RandomAccess {
  private final int size;
  private final IntFunction<E> element;

  /**
   * @param size number of elements, at least 0
   * @param element makes the element of an index
   */
  public LazyList(int size, IntFunction<E> element) {
    this.size = size;
    this.element = element;
  }

  /**
   * @throws IndexOutOfBoundsException if there is no such element
   */
  @Override
  public E get(int index) {
    return element.apply(Objects.checkIndex(index, size));
  }

  @Override
  public int size() {
    return size;
  }
}
