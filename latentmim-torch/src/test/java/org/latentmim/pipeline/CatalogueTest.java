package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Component;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Part;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.ReconstructionLoss;

class CatalogueTest {

    private static final String HERE = PluginJar.placeOf(CatalogueTest.class).orElseThrow();

    @Test
    void describesComponentsByPlace() {
        List<Description> all = Catalogue.of(List.of(new FakePlugin())).describe();

        assertThat(all).extracting(Description::spi)
                .containsExactly("image set", "mask sampler", "encoder", "decoder", "target", "loss", "evaluator", "metric sink");
        assertThat(all.get(1).components()).extracting(Description.Entry::name).containsExactly("none", "random");
        assertThat(all.get(1).components().get(1)).isEqualTo(new Description.Entry(
                "random",
                "Any patches",
                "FakePlugin",
                List.of(
                        new Description.Key("visible", "a whole number", "required", "patches that are seen"),
                        new Description.Key("noise", "one of white-noise, pink-noise", "white-noise", "kinds of noise"),
                        new Description.Key("share", "a map", "{from: 1.0, to: 0.5, shape: linear}", "how many over the run"),
                        new Description.Key("share.from", "a number", "required", ""),
                        new Description.Key("share.to", "a number", "required", ""),
                        new Description.Key("share.shape", "one of constant, linear, cosine", "required", "")),
                List.of()));
    }

    @Test
    void describesWhatTheFrameworkAddsToAComponent() {
        Description losses = Catalogue.of(List.of(new FakePlugin())).describe().get(5);

        assertThat(losses.components().get(0).frameworkKeys()).containsExactly(
                new Description.Key("weight", "a number", "1.0", "by which this term is multiplied"),
                new Description.Key("as", "text", "optional", "the name of this term in logs; the component's name if left out"));
    }

    @Test
    void describesTheRecipeItself() {
        assertThat(Description.keys(Recipe.class)).contains(
                new Description.Key(
                        "masking", "the name of a mask sampler, or a map with it", "required", "which patches are seen"),
                new Description.Key(
                        "encoder", "the name of an encoder, or a map with it", "required", "the network that is trained"),
                new Description.Key("grid.patch-size", "a whole number", "required", "side of a patch in pixels, at least 1"));
    }

    @Test
    void refusesANameThatIsUsedTwice() {
        assertThatThrownBy(() -> Catalogue.of(List.of(new FakePlugin(), new RivalPlugin())))
                .isInstanceOf(UsageException.class)
                .hasMessage("There are two components for the mask sampler 'random': one of org.latentmim.pipeline.FakePlugin in "
                        + HERE + ", one of org.latentmim.pipeline.CatalogueTest$RivalPlugin in " + HERE
                        + ". Leave one of them out.");
    }

    @Test
    void refusesAKeyThatTheFrameworkTakes() {
        record Heavy(double weight) {}
        Plugin plugin = () -> List.of(
                Component.of(ReconstructionLoss.class, "heavy", FakePlugin.Contrast.class, Heavy.class));
        assertThatThrownBy(() -> Catalogue.of(List.of(plugin)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("The loss 'heavy' of ")
                .hasMessageEndingWith(" has the key 'weight', which the framework takes for itself.");
    }

    @Test
    void refusesAKeyThatARecipeCannotHold() {
        record Inner(Map<String, Integer> map) {}
        record Odd(int fine, List<Inner> inner) {}
        assertThatThrownBy(() -> Catalogue.of(List.of(new OddPlugin(Odd.class))))
                .isInstanceOf(UsageException.class)
                .hasMessage("The mask sampler 'odd' of org.latentmim.pipeline.CatalogueTest$OddPlugin in " + HERE + " has the key"
                        + " 'inner.N.map' of type java.util.Map<java.lang.String, java.lang.Integer>, which a recipe cannot hold:"
                        + " it holds int, long, double, boolean, String, Path, enums, records of these, Part, OptionalInt,"
                        + " OptionalDouble, and Optional and List of these.");
    }

    @Test
    void refusesAPartOfNoSpi() {
        record Parted(Optional<Part<?>> any) {}
        assertThatThrownBy(() -> Catalogue.of(List.of(new OddPlugin(Parted.class))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(" has the key 'any' of type java.util.Optional<org.latentmim.spi.Part<?>>, which a recipe");
    }

    @Test
    void describesTheKeysOfRecordsInListsAndOptionals() {
        record Step(@Meaning("patches") @Default("3") int size, Optional<Part<MaskSampler>> by, List<Step> then) {}
        record Odd(List<Step> steps, Optional<Step> last) {}
        List<Description> all = Catalogue.of(List.of(new OddPlugin(Odd.class))).describe();
        String sampler = "the name of a mask sampler, or a map with it";
        assertThat(all.get(1).components().get(0).keys()).containsExactly(
                new Description.Key("steps", "a list, each a map", "required", ""),
                new Description.Key("steps.N.size", "a whole number", "3", "patches"),
                new Description.Key("steps.N.by", sampler, "optional", ""),
                new Description.Key("steps.N.then", "a list, each a map", "required", ""),
                new Description.Key("last", "a map", "optional", ""),
                new Description.Key("last.size", "a whole number", "3", "patches"),
                new Description.Key("last.by", sampler, "optional", ""),
                new Description.Key("last.then", "a list, each a map", "required", ""));
    }

    @Test
    void refusesAComponentOfNoSpi() {
        Plugin plugin = () -> List.of(Component.of(Runnable.class, "run", Thread.class));
        assertThatThrownBy(() -> Catalogue.of(List.of(plugin)))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith(" offers 'run' as a java.lang.Runnable, which is nothing that a plugin can implement.");
    }

    @Test
    void findsPluginsByServiceLoader(@TempDir Path folder) throws IOException {
        try (URLClassLoader loader = services(folder, RivalPlugin.class.getName())) {
            assertThat(Catalogue.find(loader).component(MaskSampler.class, "random")).isPresent();
        }
    }

    @Test
    void findsAPluginThatIsListedTwiceOnce(@TempDir Path folder) throws IOException {
        String name = RivalPlugin.class.getName();
        try (URLClassLoader loader = services(folder, name + " # ours\n\n" + name)) {
            assertThat(Catalogue.find(loader).component(MaskSampler.class, "random")).isPresent();
        }
    }

    private static URLClassLoader services(Path folder, String plugin) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Plugin.class.getName()), plugin);
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, CatalogueTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return findResources(name);
            }
        };
    }

    public static final class RivalPlugin implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of(Component.of(MaskSampler.class, "random", FakePlugin.NoMask.class));
        }
    }

    private record OddPlugin(Class<? extends Record> config) implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of(Component.of(MaskSampler.class, "odd", FakePlugin.NoMask.class, config));
        }
    }
}
