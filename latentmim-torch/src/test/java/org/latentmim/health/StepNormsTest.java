package org.latentmim.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.Progress;
import org.latentmim.train.LatentMim;
import org.latentmim.train.Optimization;
import org.latentmim.train.PatchReader;
import org.latentmim.train.StepLog;
import org.latentmim.train.TrainStep;

/** What the moments of AdamW tell, beside what the step really did. */
class StepNormsTest {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.95;
    private static final double RATE = 0.1 * 4 / 256;

    private final PointerScope scope = new PointerScope();
    private LatentMim model;
    private PatchReader reader;
    private Optimization optimization;
    private TrainStep step;
    private Batch batch;

    @BeforeEach
    void build() {
        Assembly assembly = Assembly.of(TinyRecipe.with("runtime.precision=fp64", "train.weight-decay=0",
                "train.warmup-epochs=0", "train.schedule=constant", "losses=[{name: cluster, prototypes: 5}]"));
        model = assembly.get(LatentMim.class);
        reader = assembly.get(PatchReader.class);
        optimization = new Optimization(assembly.recipe().train(), model.parts());
        step = new TrainStep(model, reader, optimization, assembly.get(Randomness.class), assembly.get(Compute.class));
        try (Loader loader = assembly.get(Loader.class)) {
            batch = loader.first(4);
        }
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void findsTheGradientAndTheUpdateOfTheFirstStep() {
        Map<String, Double> gradients = new LinkedHashMap<>();
        Map<String, Double> moves = new LinkedHashMap<>();
        step(0, gradients, moves);
        Map<String, StepNorms> norms = StepNorms.of(model.parts(), optimization.state(), BETA1, BETA2);
        assertThat(norms).containsOnlyKeys("encoder", "projector", "decoder", "loss");
        norms.forEach((group, norm) -> {
            assertThat(norm.gradient()).isCloseTo(gradients.get(group), within(1e-6 * gradients.get(group)));
            assertThat(RATE * norm.update()).isCloseTo(moves.get(group), within(1e-6 * moves.get(group)));
        });
    }

    @Test
    void nothingMovedBeforeTheFirstStepOrIfAllWereSkipped() {
        assertThat(StepNorms.of(model.parts(), optimization.state(), BETA1, BETA2).values())
                .hasSize(4).containsOnly(new StepNorms(0, 0));
    }

    @Test
    void meansTheSquaresOfGradientsAsAdamWDoes() {
        Map<String, Double> first = new LinkedHashMap<>();
        Map<String, Double> second = new LinkedHashMap<>();
        Map<String, Double> moves = new LinkedHashMap<>();
        step(0, first, new LinkedHashMap<>());
        step(1, second, moves);
        StepNorms.of(model.parts(), optimization.state(), BETA1, BETA2).forEach((group, norm) -> {
            double before = first.get(group);
            double now = second.get(group);
            double expected = Math.sqrt((BETA2 * before * before + now * now) / (1 + BETA2));
            assertThat(norm.gradient()).isCloseTo(expected, within(1e-6 * expected));
            assertThat(RATE * norm.update()).isCloseTo(moves.get(group), within(1e-6 * moves.get(group)));
        });
    }

    private void step(int done, Map<String, Double> gradients, Map<String, Double> moves) {
        Progress progress = new Progress(done, 12, done / 6.0, 2, 4);
        StepLog log = new StepLog();
        step.begin(progress, log);
        step.learn(reader.masked(batch, progress), progress, 1, log);
        Map<String, Tensor> before = new LinkedHashMap<>();
        Map<String, Double> squares = new LinkedHashMap<>();
        Map<String, Double> moved = new LinkedHashMap<>();
        Map<String, Double> sizes = new LinkedHashMap<>();
        model.parts().forEach((part, parameters) -> parameters.learning().forEach((name, weight) -> {
            before.put(part + "." + name, weight.detach().clone());
            if (weight.grad().defined()) {
                squares.merge(group(part, name), weight.grad().square().sum().item_double(), Double::sum);
            }
        }));
        step.update(log);
        model.parts().forEach((part, parameters) -> parameters.learning().forEach((name, weight) -> {
            Tensor now = weight.detach();
            moved.merge(group(part, name), now.sub(before.get(part + "." + name)).square().sum().item_double(), Double::sum);
            sizes.merge(group(part, name), now.square().sum().item_double(), Double::sum);
        }));
        squares.forEach((group, sum) -> gradients.put(group, Math.sqrt(sum)));
        moved.forEach((group, sum) -> moves.put(group, Math.sqrt(sum / sizes.get(group))));
    }

    private static String group(String part, String name) {
        return part.startsWith("loss.") ? "loss" : part.equals("encoder") && name.startsWith("head.") ? "projector" : part;
    }
}
