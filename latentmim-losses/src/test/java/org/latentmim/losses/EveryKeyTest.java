package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.manual_seed;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.losses.PatchDiscriminationLoss.Negatives;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Component;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.Schedule.Shape;
import org.latentmim.testing.Tensors;

/** No key of a loss is there for nothing: each changes the loss. */
class EveryKeyTest {

    private static final int WIDTH = 6;

    /** The first configuration of each list is compared with each of the others, which differ from it in one key. */
    private static final List<List<Record>> CONFIGURATIONS = List.of(
            List.of(new NormalizedL2Loss.Config()),
            List.of(new L2Loss.Config()),
            List.of(new L1Loss.Config()),
            List.of(new CosineLoss.Config()),
            List.of(new SmoothL1Loss.Config(1), new SmoothL1Loss.Config(2)),
            List.of(new PatchDiscriminationLoss.Config(0.2, true, Negatives.IMAGE, OptionalDouble.empty()),
                    new PatchDiscriminationLoss.Config(0.1, true, Negatives.IMAGE, OptionalDouble.empty()),
                    new PatchDiscriminationLoss.Config(0.2, false, Negatives.IMAGE, OptionalDouble.empty()),
                    new PatchDiscriminationLoss.Config(0.2, true, Negatives.BATCH, OptionalDouble.empty()),
                    new PatchDiscriminationLoss.Config(0.2, true, Negatives.IMAGE, OptionalDouble.of(0.999))),
            List.of(new ClusterLoss.Config(8, 0.06, 0.12, 3),
                    new ClusterLoss.Config(9, 0.06, 0.12, 3),
                    new ClusterLoss.Config(8, 0.6, 0.12, 3),
                    new ClusterLoss.Config(8, 0.06, 0.2, 3),
                    new ClusterLoss.Config(8, 0.06, 0.12, 2)),
            List.of(new SimilarityConstraint.Config(0.75, 0.25, Shape.COSINE, Latents.BOTH),
                    new SimilarityConstraint.Config(0.7, 0.25, Shape.COSINE, Latents.BOTH),
                    new SimilarityConstraint.Config(0.75, 0.2, Shape.COSINE, Latents.BOTH),
                    new SimilarityConstraint.Config(0.75, 0.25, Shape.LINEAR, Latents.BOTH),
                    new SimilarityConstraint.Config(0.75, 0.25, Shape.COSINE, Latents.VISIBLE)),
            List.of(new VarianceCovarianceLoss.Config(Latents.VISIBLE, Samples.IMAGES, 1, 1, 0.04),
                    new VarianceCovarianceLoss.Config(Latents.BOTH, Samples.IMAGES, 1, 1, 0.04),
                    new VarianceCovarianceLoss.Config(Latents.VISIBLE, Samples.PATCHES, 1, 1, 0.04),
                    new VarianceCovarianceLoss.Config(Latents.VISIBLE, Samples.IMAGES, 2, 1, 0.04),
                    new VarianceCovarianceLoss.Config(Latents.VISIBLE, Samples.IMAGES, 1, 2, 0.04),
                    new VarianceCovarianceLoss.Config(Latents.VISIBLE, Samples.IMAGES, 1, 1, 1)),
            List.of(new KoLeoLoss.Config(Latents.VISIBLE, Samples.IMAGES),
                    new KoLeoLoss.Config(Latents.PREDICTED, Samples.IMAGES),
                    new KoLeoLoss.Config(Latents.VISIBLE, Samples.PATCHES)),
            List.of(new SketchedGaussianLoss.Config(Latents.VISIBLE, Samples.IMAGES, 16, 17),
                    new SketchedGaussianLoss.Config(Latents.PREDICTED, Samples.IMAGES, 16, 17),
                    new SketchedGaussianLoss.Config(Latents.VISIBLE, Samples.PATCHES, 16, 17),
                    new SketchedGaussianLoss.Config(Latents.VISIBLE, Samples.IMAGES, 17, 17),
                    new SketchedGaussianLoss.Config(Latents.VISIBLE, Samples.IMAGES, 16, 5)));

    @Test
    void everyKeyOfEveryLossChangesIt() throws ReflectiveOperationException {
        List<String> changed = new ArrayList<>();
        for (List<Record> configurations : CONFIGURATIONS) {
            Record first = configurations.get(0);
            for (Record other : configurations.subList(1, configurations.size())) {
                String key = onlyDifference(first, other);
                assertThat(loss(other)).as(key).isNotCloseTo(loss(first), within(1e-5));
                changed.add(key);
            }
        }
        assertThat(changed).containsExactlyInAnyOrderElementsOf(new LossesPlugin().components().stream()
                .map(Component::config)
                .flatMap(config -> Arrays.stream(config.getRecordComponents()))
                .map(EveryKeyTest::name)
                .toList());
    }

    private static String onlyDifference(Record first, Record other) throws ReflectiveOperationException {
        List<String> differences = new ArrayList<>();
        for (RecordComponent key : first.getClass().getRecordComponents()) {
            if (!Objects.equals(key.getAccessor().invoke(first), key.getAccessor().invoke(other))) {
                differences.add(name(key));
            }
        }
        assertThat(differences).hasSize(1);
        return differences.get(0);
    }

    private static String name(RecordComponent key) {
        return key.getDeclaringRecord().getEnclosingClass().getSimpleName() + "." + key.getName();
    }

    private static double loss(Record config) throws ReflectiveOperationException {
        try (PointerScope scope = new PointerScope()) {
            manual_seed(0);
            Tensor targets = Tensors.normal(1, ScalarType.Float, 3, 4, WIDTH);
            Tensor withDuplicates = cat(new TensorVector(targets, targets.narrow(1, 0, 2)), 1);
            Reconstruction reconstruction = new Reconstruction(
                    Tensors.normal(2, ScalarType.Float, 3, 6, WIDTH), withDuplicates,
                    Tensors.normal(3, ScalarType.Float, 3, 5, WIDTH));
            return build(config).loss(reconstruction, new Progress(2, 10, 2, 10, 1)).item_double();
        }
    }

    private static ReconstructionLoss build(Record config) throws ReflectiveOperationException {
        Constructor<?> constructor = config.getClass().getEnclosingClass().getDeclaredConstructors()[0];
        DecoderShape shape = new DecoderShape(new PatchGrid(3, 3, 4, 0, 3), 1, WIDTH, WIDTH, false);
        return (ReconstructionLoss) (constructor.getParameterCount() == 1
                ? constructor.newInstance(config)
                : constructor.newInstance(config, shape));
    }
}
