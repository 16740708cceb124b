package io.github.batchq.theory;

import io.github.batchq.random.Law;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.util.ResizableDoubleArray;
import org.jspecify.annotations.Nullable;

/**
 * Transform of the time of a batch of b requests, by {@link MaximumQuadrature} over its longest
 * length. The largest term is taken out of the sum, so that its logarithm is finite everywhere.
 */
final class BatchTransform implements ServiceTransform {
  private static final int COARSEST = 4;
  private static final int FINEST = 10;

  /** A term below this share of the largest is left out. */
  private static final double NEGLIGIBLE = 1e-18;

  private final MaximumQuadrature longest;
  private final BatchTime time;
  private final int requests;
  private final int level;
  private final double[] seconds;
  private final double[] logWeights;

  private BatchTransform(MaximumQuadrature longest, BatchTime time, int requests, int level) {
    this.longest = longest;
    this.time = time;
    this.requests = requests;
    this.level = level;
    ResizableDoubleArray times = new ResizableDoubleArray();
    ResizableDoubleArray weights = new ResizableDoubleArray();
    MaximumQuadrature.Sink sink =
        (length, weight) -> {
          times.addElement(time.seconds(requests, length));
          weights.addElement(Math.log(weight));
        };
    for (MaximumQuadrature.Part part : longest.parts()) {
      if (part instanceof MaximumQuadrature.Piece piece) {
        piece.nodes(0, 1.0 / (1 << level), sink);
      } else if (part instanceof MaximumQuadrature.Atom atom) {
        sink.add(atom.length(), atom.mass());
      }
    }
    this.seconds = times.getElements();
    this.logWeights = weights.getElements();
  }

  /** The transform with the fewest points. */
  static ServiceTransform of(Law law, BatchTime time, int requests) {
    return time.dependsOnLength()
        ? new BatchTransform(new MaximumQuadrature(law, requests), time, requests, COARSEST)
        : ServiceTransform.gamma(time.offset(requests), 0);
  }

  @Override
  public boolean isClosed() {
    return longest.parts().stream().allMatch(part -> part instanceof MaximumQuadrature.Atom);
  }

  @Override
  public @Nullable ServiceTransform finer() {
    return level < FINEST ? new BatchTransform(longest, time, requests, level + 1) : null;
  }

  @Override
  public Value at(Complex s) {
    double damping = s.getReal();
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < seconds.length; i++) {
      largest = Math.max(largest, logWeights[i] - damping * seconds[i]);
    }
    double real = 0;
    double imaginary = 0;
    double realFirst = 0;
    double imaginaryFirst = 0;
    for (int i = 0; i < seconds.length; i++) {
      double size = Math.exp(logWeights[i] - damping * seconds[i] - largest);
      if (size > NEGLIGIBLE) {
        double angle = -s.getImaginary() * seconds[i];
        double x = size * Math.cos(angle);
        double y = size * Math.sin(angle);
        real += x;
        imaginary += y;
        realFirst += seconds[i] * x;
        imaginaryFirst += seconds[i] * y;
      }
    }
    Complex sum = new Complex(real, imaginary);
    return new Value(sum.log().add(largest), new Complex(-realFirst, -imaginaryFirst).divide(sum));
  }
}
