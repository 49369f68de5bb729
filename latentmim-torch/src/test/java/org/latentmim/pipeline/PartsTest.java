package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.patch.PatchMask;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Component;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;
import org.latentmim.spi.Plugin;

class PartsTest {

    @TempDir
    private Path folder;

    private RecipeFiles files;

    @BeforeEach
    void prepare() {
        files = new RecipeFiles(folder);
    }

    @Test
    void buildsTheComponentsInsideAConfiguration() {
        Around around = (Around) assembly("{name: around, of: {name: random, visible: 3}, more: [none, {name: random, visible: 4}]}")
                .maskSampler();

        assertThat(((FakePlugin.RandomMask) around.of).config.visible()).isEqualTo(3);
        assertThat(around.more).hasSize(2).first().isInstanceOf(FakePlugin.NoMask.class);
        assertThat(((FakePlugin.RandomMask) around.more.get(1)).config.visible()).isEqualTo(4);
        assertThat(around.encoder).isEmpty();
    }

    @Test
    void buildsAComponentInsideItself() {
        Around outer = (Around) assembly(
                "{name: around, of: {name: around, of: {name: random, visible: 5}, encoder: {name: tiny, width: 6}}}").maskSampler();

        Around inner = (Around) outer.of;
        assertThat(((FakePlugin.RandomMask) inner.of).config.visible()).isEqualTo(5);
        assertThat(inner.encoder.orElseThrow().width()).isEqualTo(6);
    }

    @Test
    void aPartHasTheMistakesOfAnyComponent() {
        assertThatThrownBy(() -> assembly("{name: around, of: {name: radnom}, more: [{name: random}]}"))
                .isInstanceOf(UsageException.class)
                .hasMessage("""
                        2 problems in small.yaml:
                          small.yaml:6  masking.of.name: there is no mask sampler 'radnom'. Did you mean 'random'? \
                        There are: around (NestingPlugin), none (FakePlugin), random (FakePlugin)
                          small.yaml:6  masking.more.0.visible: is required, but missing""");
        assertThatThrownBy(() -> assembly("{name: around, of: {name: random, visible: 7}}").maskSampler())
                .isInstanceOf(UsageException.class)
                .hasMessage("small.yaml:6  masking.of: visible must be at most 6, but is 7");
    }

    @Test
    void writesWhatReadsBackToTheSameRecipe() {
        Recipe recipe = recipe("{name: around, of: {name: random, visible: 3}, more: [none]}");
        String yaml = recipe.toYaml();
        assertThat(yaml).contains("""
                masking:
                  name: around
                  of:
                    name: random
                    visible: 3
                """);
        files.with("again.yaml", yaml);
        assertThat(reader().read(folder.resolve("again.yaml").toString(), List.of())).isEqualTo(recipe);
    }

    @Test
    void aPartOfAnotherConfigurationIsRefused() {
        assertThatThrownBy(() -> assembly("{name: around, of: none, foreign: true}").maskSampler())
                .isInstanceOf(UsageException.class)
                .hasMessage("small.yaml:6  masking: the part 'foreign' is not of this component's configuration");
    }

    @Test
    void saysWhatAPartIs() {
        Description.Entry around = Catalogue.of(List.of(new NestingPlugin())).describe().stream()
                .flatMap(kind -> kind.components().stream())
                .findFirst()
                .orElseThrow();
        assertThat(around.keys()).extracting("name", "type", "standard").contains(
                tuple("of", "the name of a mask sampler, or a map with it", "required"),
                tuple("more", "a list, each the name of a mask sampler, or a map with it", "[]"),
                tuple("encoder", "the name of an encoder, or a map with it", "optional"));
    }

    private Assembly assembly(String masking) {
        return Assembly.of(recipe(masking));
    }

    private Recipe recipe(String masking) {
        files.with("small.yaml", RecipeFiles.SMALL.replace("{name: random, visible: 2}", masking));
        return reader().read(folder.resolve("small.yaml").toString(), List.of());
    }

    private static RecipeReader reader() {
        return new RecipeReader(Catalogue.of(List.of(new FakePlugin(), new NestingPlugin())), BuiltInRecipes.NONE);
    }

    static final class NestingPlugin implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of(Component.of(MaskSampler.class, "around", Around.class, Around.Config.class));
        }
    }

    static final class Around implements MaskSampler {
        record Config(
                Part<MaskSampler> of,
                @Default("[]") List<Part<MaskSampler>> more,
                Optional<Part<Encoder>> encoder,
                @Default("false") boolean foreign) {}

        final MaskSampler of;
        final List<MaskSampler> more;
        final Optional<Encoder> encoder;

        @Inject
        Around(Config config, Parts parts) {
            this.of = parts.build(config.of());
            this.more = config.more().stream().map(parts::build).toList();
            this.encoder = config.encoder().map(parts::build);
            if (config.foreign()) {
                parts.build(() -> "foreign");
            }
        }

        @Override
        public PatchMask sample(MaskContext context) {
            return of.sample(context);
        }
    }
}
