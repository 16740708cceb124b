package io.github.batchq.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a key of an experiment file means, at the component of the record that it is bound to. The
 * pages of docs/reference are made of these, and a test fails for a component without one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** What the value is, one line. */
  String about();

  /** Unit of a number, such as {@code s} or {@code req/s}; 1 for a ratio, empty for no number. */
  String unit() default "";

  /** The values that are allowed, where the type does not say all; any when empty. */
  String range() default "";

  /** What holds when the key is left out; empty for a key that must be there. */
  String absent() default "";

  /** A value as a file may have it, in YAML. */
  String example();

  /** Another key of the same map in whose place this one stands; empty for none. */
  String insteadOf() default "";

  /** The type in words, where that of the component says too little. */
  String type() default "";

  /**
   * Values in YAML that a search for the best policy tries, where it has no grid of its own for the
   * key; only the example, or the default of a key that may be left out, when empty.
   */
  String[] tried() default {};
}
