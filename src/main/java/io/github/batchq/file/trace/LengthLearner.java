package io.github.batchq.file.trace;

import com.oracle.labs.mlrg.olcut.util.Pair;
import io.github.batchq.model.SortedNumbers;
import io.github.batchq.workload.EvenSample;
import io.github.batchq.workload.LearntLengths;
import io.github.batchq.workload.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L1Distance;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.neighbour.NeighboursQuery;
import org.tribuo.math.neighbour.kdtree.KDTreeFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/** Learns from a trace how lengths go with prompts, with Oracle's Tribuo. */
public final class LengthLearner {
  /** Learning takes at most so many requests, evenly spaced. */
  private static final int MOST_LEARNT = 50_000;

  private static final String[] FEATURES = {"log prompt"};

  /** A tree grows as deep as its ranges of prompts hold requests enough. */
  private static final int MOST_LEVELS = 30;

  private LengthLearner() {}

  /**
   * Learns from a trace.
   *
   * @param trace at least as many requests as {@code size}
   * @param method how
   * @param size requests with fewer of which a tree does not divide a range of prompts any more, or
   *     neighbours, at least 1
   * @return a prediction for each number of prompt tokens that the trace has
   * @throws IllegalArgumentException if there are fewer requests, or none has a prompt
   */
  public static LearntLengths learn(Trace trace, LearningMethod method, int size) {
    EvenSample learnt = new EvenSample(trace.size(), MOST_LEARNT);
    if (learnt.size() < size) {
      throw new IllegalArgumentException(
          "a predictor that averages over "
              + size
              + " requests needs at least as many to learn from, found "
              + learnt.size());
    }
    int[] prompt =
        Arrays.stream(learnt.values(trace::promptTokens))
            .mapToInt(tokens -> (int) tokens)
            .toArray();
    double[] length = learnt.values(trace::length);
    int[] asked = Arrays.stream(prompt).sorted().distinct().toArray();
    if (asked[asked.length - 1] == 0) {
      throw new IllegalArgumentException(
          "lengths are learnt from prompts, and the requests of " + trace.name() + " have none");
    }
    double[] means =
        switch (method) {
          case TREE -> tree(size, prompt, length, asked);
          case NEIGHBOURS -> neighbours(size, prompt, length, asked);
        };
    return new LearntLengths(asked, means, spread(prompt, length, asked, means));
  }

  /**
   * What was learnt are means, which lie closer together than lengths, and boundaries are for
   * lengths. So a mean is turned into the length of the same rank: where a share of the requests
   * has smaller means, the length that is larger than this share of the lengths, for equal means
   * their middle.
   */
  private static double[] spread(int[] prompt, double[] length, int[] asked, double[] means) {
    double[] ofRequests = new double[prompt.length];
    for (int i = 0; i < prompt.length; i++) {
      ofRequests[i] = means[Arrays.binarySearch(asked, prompt[i])];
    }
    Arrays.sort(ofRequests);
    double[] sorted = length.clone();
    Arrays.sort(sorted);
    double[] lengths = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      int below = SortedNumbers.below(ofRequests, means[i]);
      int upTo = SortedNumbers.atMost(ofRequests, means[i]);
      lengths[i] = sorted[Math.min(sorted.length - 1, (below + upTo) / 2)];
    }
    return lengths;
  }

  private static double[] tree(int size, int[] prompts, double[] lengths, int[] asked) {
    RegressionFactory factory = new RegressionFactory();
    List<Example<Regressor>> examples = new ArrayList<>();
    for (int i = 0; i < prompts.length; i++) {
      examples.add(example(prompts[i], new Regressor("length", lengths[i])));
    }
    Trainer<Regressor> trainer =
        new CARTRegressionTrainer(
            MOST_LEVELS, size, 0, 1, false, new MeanSquaredError(), Trainer.DEFAULT_SEED);
    Model<Regressor> model =
        trainer.train(
            new MutableDataset<>(
                examples, new SimpleDataSourceProvenance("requests", factory), factory));
    double[] means = new double[asked.length];
    for (int i = 0; i < asked.length; i++) {
      means[i] =
          model.predict(example(asked[i], factory.getUnknownOutput())).getOutput().getValues()[0];
    }
    return means;
  }

  private static Example<Regressor> example(int prompt, Regressor length) {
    return new ArrayExample<>(length, FEATURES, new double[] {Math.log1p(prompt)});
  }

  /**
   * Tribuo finds the neighbours. The mean is ours: of the regressors of its version 4.3.2 that
   * {@code AveragingCombiner} is to average without weights, it returns the last one.
   */
  private static double[] neighbours(int size, int[] prompts, double[] lengths, int[] asked) {
    SGDVector[] points = new SGDVector[prompts.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = point(prompts[i]);
    }
    NeighboursQuery query = new KDTreeFactory(new L1Distance(), 1).createNeighboursQuery(points);
    double[] means = new double[asked.length];
    for (int i = 0; i < asked.length; i++) {
      double sum = 0;
      for (Pair<Integer, Double> neighbour : query.query(point(asked[i]), size)) {
        sum += lengths[neighbour.getA()];
      }
      means[i] = sum / size;
    }
    return means;
  }

  private static SGDVector point(int prompt) {
    return DenseVector.createDenseVector(new double[] {Math.log1p(prompt)});
  }
}
