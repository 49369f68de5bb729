package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.pipeline.Catalogue;

/** Every component of the catalogue, by its name alone where that is enough, in a training of a few steps. */
class EveryComponentTest {

    private static final Map<String, String> PLACES = Map.of(
            "mask sampler", "masking", "encoder", "encoder", "decoder", "decoder", "target", "target", "loss", "losses");

    /** What a component cannot do without, by kind and name. */
    private static final Map<String, List<String>> NEEDS = Map.ofEntries(
            entry("mask sampler random", "masking.visible=8"),
            entry("mask sampler attention", "masking.visible=8"),
            entry("mask sampler block", "masking.visible=20"),
            entry("mask sampler content", "masking.visible=8"),
            entry("mask sampler gapped", "masking.visible=4"),
            entry("mask sampler inverse-block", "masking.mask-ratio=0.65"),
            entry("mask sampler prefix", "masking.visible=8"),
            entry("mask sampler row", "masking.rows=2"),
            entry("mask sampler curriculum", "masking.from=0.5", "masking.to=0.9", "masking.sampler={name: random, visible: 8}"),
            entry("mask sampler mixture", "masking.samplers=[{name: random, visible: 8}, {name: prefix, visible: 8}]"),
            entry("mask sampler subsampled", "masking.share=0.25", "masking.sampler={name: random, visible: 8}"),
            entry("mask sampler channels", "masking.seen=1",
                    "images.train={name: noise, images: 64, height: 28, width: 28, channels: 4}",
                    "images.mean=[0.5, 0.5, 0.5, 0.5]", "images.deviation=[0.25, 0.25, 0.25, 0.25]", "grid.bands=4"),
            entry("encoder vit", "encoder.width=16", "encoder.depth=1", "encoder.heads=2", "encoder.projector.depth=1"),
            entry("decoder cross-attention", "decoder.width=16", "decoder.depth=1", "decoder.heads=2"),
            entry("decoder cross-only", "decoder.width=16", "decoder.depth=1", "decoder.heads=2"),
            entry("decoder self-attention", "decoder.width=16", "decoder.depth=1", "decoder.heads=2"),
            entry("decoder mlp", "decoder.width=32"),
            entry("target layer-average", "target.layers=1"),
            entry("loss cluster", "losses.0.prototypes=64"));

    private static Map.Entry<String, List<String>> entry(String component, String... changes) {
        return Map.entry(component, List.of(changes));
    }

    @TempDir
    private static Path folder;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("components")
    void trainsWithoutGoingAstray(String kind, String name) throws IOException {
        Path run = folder.resolve(kind + " " + name);
        String value = kind.equals("loss") ? "[" + name + "]" : name;
        List<String> changes = new ArrayList<>(List.of("--out", run.toString(), "--set", "evaluation.with=[]",
                "--set", PLACES.get(kind) + "=" + value));
        NEEDS.getOrDefault(kind + " " + name, List.of()).forEach(change -> changes.addAll(List.of("--set", change)));
        if (name.equals("frozen-checkpoint")) {
            changes.addAll(List.of("--set", "target.path=" + trained()));
        }

        CommandLineRun trained = CommandLineRun.tiny(changes.toArray(String[]::new));

        assertThat(trained.err()).isEmpty();
        assertThat(trained.exitCode()).isZero();
        List<JsonNode> metrics = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            metrics.add(new JsonMapper().readTree(line));
        }
        assertThat(metrics).filteredOn(line -> line.has("loss")).hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(line -> assertThat(line.get("loss").asDouble()).isFinite());
        assertThat(metrics).filteredOn(line -> line.has("gradient-norm"))
                .anySatisfy(line -> assertThat(line.get("gradient-norm").asDouble()).isPositive().isFinite());
    }

    @Test
    void needsNothingOfComponentsThatAreNotThere() {
        assertThat(components().map(arguments -> arguments.get()[0] + " " + arguments.get()[1]))
                .containsAll(NEEDS.keySet());
    }

    static Stream<Arguments> components() {
        return Catalogue.find().describe().stream()
                .filter(kind -> PLACES.containsKey(kind.spi()))
                .flatMap(kind -> kind.components().stream().map(entry -> Arguments.of(kind.spi(), entry.name())));
    }

    /** The folder of a run whose encoder is that of {@link CommandLineRun#TINY}. */
    private static Path trained() {
        Path run = folder.resolve("trained before");
        if (!Files.exists(run)) {
            assertThat(CommandLineRun.tiny("--out", run.toString(), "--set", "evaluation.with=[]").exitCode()).isZero();
        }
        return run;
    }
}
