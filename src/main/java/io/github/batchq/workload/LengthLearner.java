package io.github.batchq.workload;

import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
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

/** Learns mean lengths from prompts with Oracle's Tribuo. */
final class LengthLearner {
  private static final String[] FEATURES = {"log prompt"};

  /** A tree grows as deep as its ranges of prompts hold requests enough. */
  private static final int MOST_LEVELS = 30;

  private LengthLearner() {}

  /**
   * Learns from requests and predicts.
   *
   * @param method how
   * @param size requests with fewer of which a tree does not divide a range of prompts any more, or
   *     neighbours, at least 1
   * @param prompts prompt tokens of the requests to learn from, at least {@code size}
   * @param lengths their lengths
   * @param asked prompt tokens for which a length is asked
   * @return the mean length for each
   */
  static double[] predict(
      LearningMethod method, int size, int[] prompts, double[] lengths, int[] asked) {
    return switch (method) {
      case TREE -> tree(size, prompts, lengths, asked);
      case NEIGHBOURS -> neighbours(size, prompts, lengths, asked);
    };
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
