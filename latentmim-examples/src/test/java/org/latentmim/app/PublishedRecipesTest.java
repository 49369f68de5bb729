package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.train.LearningRate;
import org.latentmim.train.TrainConfig;

/** The methods of the field as recipes: with the numbers that their authors published, and in small. */
class PublishedRecipesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TINY = "-tiny";

    @TempDir
    private Path temporary;

    static List<String> small() {
        return Recipes.BUILT_IN.stream().filter(name -> name.endsWith(TINY)).toList();
    }

    static Stream<String> large() {
        return Stream.concat(small().stream().map(name -> name.replace(TINY, "")), Stream.of("imagenet100"));
    }

    @Test
    void everyMethodIsThereInLargeAndInSmall() {
        assertThat(large()).containsExactly("capi", "data2vec", "i-jepa", "latent-mim-lite", "latent-mim", "mae", "pilamim",
                "simmim", "imagenet100");
        assertThat(Recipes.BUILT_IN).containsAll(large().toList());
    }

    @ParameterizedTest
    @MethodSource("small")
    void learnsInSmallAndLeavesWeightsThatCanBeJudged(String recipe) throws IOException {
        Path folder = temporary.resolve("run");
        CommandLineRun run = CommandLineRun.of("pretrain", recipe, "--set", "runtime.device=cpu", "--out", folder.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();

        List<Long> steps = new ArrayList<>();
        List<Double> epochLosses = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
            JsonNode metrics = JSON.readTree(line);
            for (JsonNode metric : metrics) {
                assertThat(metric.isNumber()).as(line).isTrue(); // what is no number is written as text
                assertThat(metric.doubleValue()).as(line).isFinite();
            }
            if (metrics.has("loss")) {
                steps.add(metrics.get("step").longValue());
                assertThat(metrics.get("gradient-norm").doubleValue()).isPositive();
            }
            if (metrics.has("epoch-loss")) {
                epochLosses.add(metrics.get("epoch-loss").doubleValue());
            }
        }
        assertThat(steps).containsExactly(1L, 4L, 8L, 12L, 16L);
        assertThat(epochLosses).hasSize(2);
        assertThat(epochLosses.get(1)).isLessThan(epochLosses.get(0));

        CommandLineRun evaluation = CommandLineRun.of("evaluate", folder.toString());
        assertThat(evaluation.err()).isEmpty();
        assertThat(evaluation.out()).contains("trained encoder after epoch 2: 1-nn leave-one-out ");
    }

    /** What the published runs arrive at, whatever way their configuration goes: images of a step, then rates. */
    @ParameterizedTest
    @CsvSource({
            "latent-mim,      4096, 6.0e-4, 2.4e-3, 6.0e-4",
            "imagenet100,     4096, 6.0e-4, 2.4e-3, 6.0e-4",
            "latent-mim-lite,  512, 0,      1.0e-4, 1.0e-5",
            "mae,             4096, 0,      2.4e-3, 0",
            "simmim,          2048, 2.0e-6, 4.0e-4, 4.0e-5",
            "i-jepa,          2048, 2.0e-4, 1.0e-3, 1.0e-6",
            "data2vec,        2048, 0,      2.0e-3, 1.0e-5",
            "capi,           16384, 0,      1.0e-3, 9.549150281e-5",
            "pilamim,         2048, 0,      1.2e-3, 0"})
    void hasThePublishedRates(String recipe, int images, double first, double peak, double last) {
        TrainConfig train = Recipes.read(recipe, List.of()).train();
        LearningRate rate = new LearningRate(train);
        assertThat(train.globalBatch()).isEqualTo(images);
        assertThat(rate.at(0)).isCloseTo(first, within(1e-12));
        assertThat(rate.at(train.warmupEpochs())).isCloseTo(peak, within(1e-12));
        assertThat(rate.at(train.epochs())).isCloseTo(last, within(1e-12));
    }

    /** As published but for the depth of the encoder, which would take memory and time without telling more. */
    @ParameterizedTest
    @MethodSource("large")
    void checksWithoutImages(String recipe) {
        List<String> arguments = new ArrayList<>(List.of("check", recipe, "--set", "encoder.depth=1",
                "--set", "images.train={name: noise, images: 20000}", "--set", "evaluation.with=[]",
                "--set", "runtime.device=cpu"));
        if (recipe.equals("data2vec")) {
            arguments.addAll(List.of("--set", "target.layers=1"));
        }
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\n# images     20,000 to learn from")
                .containsPattern("\n# encoder    [0-9,]+ parameters; sees ");
    }
}
