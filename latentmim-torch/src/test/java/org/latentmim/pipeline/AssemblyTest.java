package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.ConfigurationException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Component;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Plugin;
import org.latentmim.train.LossTerm;
import org.latentmim.train.Objective;
import org.latentmim.train.TrainConfig;

class AssemblyTest {

    @TempDir
    private Path folder;

    private RecipeFiles files;

    @BeforeEach
    void aRecipe() {
        files = new RecipeFiles(folder).with("small.yaml", RecipeFiles.SMALL);
    }

    @Test
    void buildsEveryPartOnce() {
        Assembly run = Assembly.of(files.read("small.yaml", "images.test=blank", "evaluation.with=[neighbors]"), folder);

        assertThat(run.grid()).isEqualTo(new PatchGrid(2, 3, 4, 0, 3));
        assertThat(run.trainImages().size()).isEqualTo(8);
        assertThat(run.testImages()).isPresent();
        assertThat(run.maskSampler()).isSameAs(run.maskSampler()).isInstanceOf(FakePlugin.RandomMask.class);
        Objective objective = run.objectives().get(0);
        assertThat(run.objectives()).hasSize(1).isSameAs(run.objectives());
        FakePlugin.Momentum target = (FakePlugin.Momentum) objective.target();
        assertThat(((FakePlugin.TinyDecoder) objective.decoder()).shape).isEqualTo(new DecoderShape(run.grid(), 1, 4, 4, false));
        assertThat(target.online).isSameAs(run.onlineEncoder());
        assertThat(target.target).isNotSameAs(run.onlineEncoder());
        assertThat(run.evaluators()).extracting("name").containsExactly("neighbors");
        assertThat(run.sinks()).containsExactly(new FakePlugin.Jsonl(folder));
        assertThat(run.get(TrainConfig.class)).isSameAs(run.recipe().train());
        assertThat(run.get(Randomness.class)).isEqualTo(new Randomness(0));
    }

    @Test
    void usesOneComponentTwiceWithTwoConfigurations() {
        Assembly run = Assembly.of(files.read(
                "small.yaml", "losses=[{name: contrast, weight: 2}, {name: contrast, temperature: 0.5, as: soft}]"));

        assertThat(run.objectives().get(0).losses()).containsExactly(
                new LossTerm("contrast", 2, new FakePlugin.Contrast(new FakePlugin.Contrast.Config(0.2))),
                new LossTerm("soft", 1, new FakePlugin.Contrast(new FakePlugin.Contrast.Config(0.5))));
    }

    @Test
    void selectsImages() {
        Assembly run = Assembly.of(files.read("small.yaml", "images.train={name: blank, from: 2, to: 5}"));
        assertThat(run.trainImages().size()).isEqualTo(3);
        assertThat(run.trainImages().id(0)).isEqualTo("blank 2");

        Assembly empty = Assembly.of(files.read("small.yaml", "images.train={name: blank, from: 8}"));
        assertThatThrownBy(empty::trainImages)
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--set images.train={name: blank, from: 8}  images.train: from ");
    }

    @Test
    void theSecondEncoderStartsWithTheWeightsOfTheFirst() {
        Assembly run = Assembly.of(files.read("small.yaml"));
        Tensor online = run.onlineEncoder().parameters().all().get("weight");
        try (NoGradGuard guard = new NoGradGuard()) {
            online.fill_(new Scalar(7));
        }

        Tensor target = ((FakePlugin.Momentum) run.objectives().get(0).target()).target.parameters().all().get("weight");

        assertThat(target.equal(online)).isTrue();
        assertThat(target.is_same(online)).isFalse();
    }

    @Test
    void theSeedDecidesTheWeightsInWhateverOrderOneAsks() {
        Assembly first = Assembly.of(files.read("small.yaml"));
        Tensor online = first.onlineEncoder().parameters().all().get("weight");
        torch.rand(100);
        Tensor decoder = first.objectives().get(0).decoder().parameters().all().get("weight");

        Assembly second = Assembly.of(files.read("small.yaml"));
        assertThat(second.objectives().get(0).decoder().parameters().all().get("weight").equal(decoder)).isTrue();
        assertThat(second.onlineEncoder().parameters().all().get("weight").equal(online)).isTrue();

        Assembly pixels = Assembly.of(files.read("small.yaml", "target=pixels", "run.seed=1"));
        assertThat(pixels.onlineEncoder().parameters().all().get("weight").equal(online)).isFalse();
        assertThat(decoder.equal(online)).isFalse();
    }

    @Test
    void aConfigurationIsNobodyElsesBusiness() {
        Assembly run = Assembly.of(files.read("small.yaml"));

        assertThatThrownBy(() -> run.get(FakePlugin.RandomMask.Config.class)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> run.get(FakePlugin.RandomMask.class)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> run.get(Component.NoKeys.class)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void whatAConstructorRefusesIsAMistakeOfTheRecipe() {
        files.with("much.yaml", RecipeFiles.SMALL.replace("visible: 2", "visible: 7"));

        assertThatThrownBy(() -> Assembly.of(files.read("much.yaml")).maskSampler())
                .isInstanceOf(UsageException.class)
                .hasMessage("much.yaml:6  masking: visible must be at most 6, but is 7")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theChannelsMustFit() {
        Assembly run = Assembly.of(files.with("gray.yaml", RecipeFiles.SMALL.replace("blank", "{name: blank, channels: 1}"))
                .read("gray.yaml"));
        assertThatThrownBy(run::objectives)
                .isInstanceOf(UsageException.class)
                .hasMessage("gray.yaml:2  images: mean and deviation have one number for each of 3 channels,"
                        + " but the images have 1 channel");
    }

    @Test
    void theBandsMustFitTheChannels() {
        Assembly run = Assembly.of(files.read("small.yaml", "grid.bands=2"));
        assertThatThrownBy(run::grid)
                .isInstanceOf(UsageException.class)
                .hasMessage("small.yaml:2  grid: bands must divide the 3 channels, but is 2");
    }

    @Test
    void otherFailuresKeepTheirCauseAndSayWhere() {
        Assembly run = Assembly.of(files.read("small.yaml", "encoder.broken=true"));
        assertThatThrownBy(run::objectives)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("--set encoder.broken=true  encoder: 'tiny' cannot be built:"
                        + " java.lang.UnsupportedOperationException: broken on purpose")
                .hasRootCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ourOwnExceptionsPassAsTheyAre() {
        assertThatThrownBy(() -> strange("usage").maskSampler())
                .isInstanceOf(UsageException.class).hasMessage("told already").hasNoCause();
        assertThatThrownBy(() -> strange("failure").maskSampler())
                .isInstanceOf(FailureException.class).hasMessage("told already").hasNoCause();
        assertThatThrownBy(() -> strange("io").maskSampler())
                .isInstanceOf(FailureException.class)
                .hasMessage("small.yaml:6  masking: disk on fire")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void refusesAComponentThatAsksForWhatIsNotThere() {
        assertThatThrownBy(() -> strange("greedy"))
                .isInstanceOf(UsageException.class)
                .hasMessage("The component org.latentmim.pipeline.AssemblyTest$Greedy.<init>()[0] cannot be built:"
                        + " Explicit bindings are required and java.lang.Thread is not explicitly bound.");
        assertThatThrownBy(() -> strange("mute"))
                .isInstanceOf(UsageException.class)
                .hasMessage("The component org.latentmim.pipeline.AssemblyTest$Mute cannot be built:"
                        + " No injectable constructor for type org.latentmim.pipeline.AssemblyTest$Mute.");
    }

    @Test
    void refusesAComponentThatAsksForItself() {
        assertThatThrownBy(() -> strange("narcissus").maskSampler())
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("circular");
    }

    @Test
    void withoutARunNothingCanAskForItsFolder() {
        Assembly run = Assembly.of(files.read("small.yaml"));
        assertThatThrownBy(run::sinks)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this assembly was made without the folder of a run");
    }

    private Assembly strange(String name) {
        files.with("small.yaml", RecipeFiles.SMALL.replace("{name: random, visible: 2}", name));
        Catalogue catalogue = Catalogue.of(List.of(new FakePlugin(), new StrangePlugin()));
        RecipeReader reader = new RecipeReader(catalogue, BuiltInRecipes.NONE);
        return Assembly.of(reader.read(folder.resolve("small.yaml").toString(), List.of()));
    }

    static final class StrangePlugin implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of(
                    Component.of(MaskSampler.class, "usage", Usage.class),
                    Component.of(MaskSampler.class, "failure", Failure.class),
                    Component.of(MaskSampler.class, "io", Io.class),
                    Component.of(MaskSampler.class, "greedy", Greedy.class),
                    Component.of(MaskSampler.class, "mute", Mute.class),
                    Component.of(MaskSampler.class, "narcissus", Narcissus.class));
        }
    }

    abstract static class Strange implements MaskSampler {
        @Override
        public PatchMask sample(MaskContext context) {
            throw new UnsupportedOperationException();
        }
    }

    static final class Usage extends Strange {
        @Inject
        Usage() {
            throw new UsageException("told already");
        }
    }

    static final class Failure extends Strange {
        @Inject
        Failure() {
            throw new FailureException("told already");
        }
    }

    static final class Io extends Strange {
        @Inject
        Io() throws IOException {
            throw new IOException("disk on fire");
        }
    }

    static final class Greedy extends Strange {
        @Inject
        Greedy(Thread thread) {}
    }

    static final class Mute extends Strange {
        Mute() {}
    }

    static final class Narcissus extends Strange {
        @Inject
        Narcissus(MaskSampler self) {}
    }
}
