package org.latentmim.bench;

import static org.bytedeco.pytorch.global.torch.randn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.bench.Measurement.Unit;
import org.latentmim.data.Selection;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.representation.RememberedFeatures;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.train.Evaluation;
import org.latentmim.train.NamedEvaluator;

/** Times evaluations: finding the features of images, and what evaluators do with features. */
public final class EvaluationBenchmark {

    private static final int SAMPLES = 5;

    private final Representation encoder;
    private final ImageSet train;
    private final Optional<ImageSet> test;
    private final List<NamedEvaluator> evaluators;

    /** Prepares to time the evaluations of a recipe. */
    public EvaluationBenchmark(Pretraining pretraining) {
        this.encoder = pretraining.encoder("untrained");
        this.train = pretraining.assembly().trainImages();
        this.test = pretraining.assembly().get(Evaluation.class).heldOut();
        this.evaluators = pretraining.assembly().evaluators();
    }

    /**
     * Measures all there is. Features come from some images; evaluators get random ones for all images that they ask for, which
     * cost them as much.
     *
     * @param most images to find the features of, at least 1
     * @throws FailureException if an image cannot be read
     */
    public List<Measurement> measure(int most) {
        List<Measurement> measurements = new ArrayList<>();
        ImageSet images = test.orElse(train);
        ImageSet some = new Selection(OptionalInt.empty(), OptionalInt.of(Math.min(most, images.size())), OptionalInt.empty())
                .applyTo(images);
        long width = width(some);
        measurements.add(rate("features", Unit.IMAGES_PER_SECOND, some.size(), () -> width(some)));
        try (RememberedFeatures random = new RememberedFeatures(new RandomFeatures(width, encoder))) {
            for (int i = 0; i < evaluators.size(); i++) {
                NamedEvaluator named = evaluators.get(i);
                Evaluation alone = new Evaluation(List.of(named), train, test);
                String name = named.name() + (i == 0 ? "" : " " + (i + 1));
                int queries = images.size();
                measurements.add(rate(name, Unit.QUERIES_PER_SECOND, queries, () -> alone.of(random, 0)));
            }
        }
        return measurements;
    }

    /** Finds the features of images, and returns how many numbers each has. */
    private long width(ImageSet images) {
        try (PointerScope scope = new PointerScope()) {
            return encoder.features(images).size(1);
        } catch (IOException e) {
            throw new FailureException("the features cannot be found: " + e.getMessage(), e);
        }
    }

    private static Measurement rate(String name, Unit unit, int amount, Runnable work) {
        double[] rates = new double[SAMPLES];
        work.run(); // not counted
        for (int i = 0; i < SAMPLES; i++) {
            long began = System.nanoTime();
            work.run();
            rates[i] = amount * 1e9 / (System.nanoTime() - began);
        }
        return Measurement.of(name, unit, rates);
    }

    /**
     * Random numbers in place of features.
     *
     * @param like says where to compute
     */
    private record RandomFeatures(long width, Representation like) implements Representation {

        @Override
        public String name() {
            return "random";
        }

        @Override
        public String protocol() {
            return "random numbers";
        }

        @Override
        public Tensor features(ImageSet images) {
            return randn(images.size(), width);
        }

        @Override
        public Tensor place(Tensor tensor) {
            return like.place(tensor);
        }
    }
}
