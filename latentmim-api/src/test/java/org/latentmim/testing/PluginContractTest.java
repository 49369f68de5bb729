package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Component;
import org.latentmim.spi.Default;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.RunFolder;

/** The contract can be kept by a plugin with everything that is allowed, and each broken promise is told. */
class PluginContractTest extends PluginContract {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    /** A service file for this class alone: one in the resources would reach everyone who uses the contracts. */
    @BeforeEach
    void putsAServiceFileOnTheClassPath(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Plugin.class.getName()), Good.class.getName());
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
    }

    @AfterEach
    void takesItAwayAgain() throws IOException {
        ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
        Thread.currentThread().setContextClassLoader(before);
    }

    @Override
    protected Plugin plugin() {
        return new Good();
    }

    @Test
    void tellsOfAPluginThatIsNotPublic() {
        refused(new Hidden(), PluginContract::isFoundByItsServiceFile, Hidden.class.getName() + " must be public\n"
                + Hidden.class.getName() + " must have a public constructor without arguments");
    }

    @Test
    void tellsOfAPluginThatNoServiceFileNames() {
        refused(new Unlisted(), PluginContract::isFoundByItsServiceFile,
                "META-INF/services/org.latentmim.spi.Plugin must name " + Unlisted.class.getName());
    }

    @Test
    void tellsOfNamesThatAreTakenAndOfPlacesThatDoNotExist() {
        refused(() -> List.of(
                        Component.of(MaskSampler.class, "bare", Bare.class), Component.of(MaskSampler.class, "bare", Bare.class),
                        Component.of(Runnable.class, "thread", Thread.class)),
                PluginContract::offersWhatThereIsAPlaceForInARecipeEachUnderItsOwnName,
                "MaskSampler 'bare' must be offered once\nRunnable 'thread' must be one of the interfaces of org.latentmim.spi");
        refused(List::of, PluginContract::offersWhatThereIsAPlaceForInARecipeEachUnderItsOwnName,
                "the plugin must offer a component");
    }

    @Test
    void tellsOfConstructorsThatCannotBeCalled() {
        refused(() -> List.of(Component.of(MaskSampler.class, "bare", Bare.class)),
                PluginContract::canBuildItsComponentsFromWhatTheirInterfacesAllow,
                "MaskSampler 'bare': " + Bare.class.getName() + " must have one constructor with @Inject, but has 0");
        refused(() -> List.of(Component.of(MaskSampler.class, "greedy", Greedy.class)),
                PluginContract::canBuildItsComponentsFromWhatTheirInterfacesAllow,
                "MaskSampler 'greedy': its constructor asks for Thread, but may ask for NoKeys, Parts, PatchGrid\n"
                        + "MaskSampler 'greedy': its constructor asks for @RunFolder Path,"
                        + " but may ask for NoKeys, Parts, PatchGrid");
        refused(() -> List.of(Component.of(ImageSet.class, "early", Early.class)),
                PluginContract::canBuildItsComponentsFromWhatTheirInterfacesAllow,
                "ImageSet 'early': its constructor asks for PatchGrid, but may ask for NoKeys, Parts");
    }

    @Test
    void tellsOfKeysThatNobodyReads() {
        refused(() -> List.of(Component.of(MaskSampler.class, "deaf", Deaf.class, Deaf.Config.class)),
                PluginContract::canBuildItsComponentsFromWhatTheirInterfacesAllow,
                "MaskSampler 'deaf': its constructor must take the keys, " + Deaf.Config.class.getName());
    }

    @Test
    void tellsOfKeysThatARecipeCannotHold() {
        record Inner(float[] numbers) {}
        record Odd(Object anything, Map<String, String> map, Part<Runnable> part, List<Optional<Integer>> fine, String name,
                Optional<Inner> inner) {}
        refused(() -> List.of(Component.of(MaskSampler.class, "odd", Deaf.class, Odd.class)),
                PluginContract::keepsInItsKeysWhatARecipeCanHold, """
                MaskSampler 'odd': anything is a java.lang.Object, which a recipe cannot hold
                MaskSampler 'odd': map is a java.util.Map<java.lang.String, java.lang.String>, which a recipe cannot hold
                MaskSampler 'odd': part is a org.latentmim.spi.Part<java.lang.Runnable>, which a recipe cannot hold
                MaskSampler 'odd': name picks the component and cannot be a key
                MaskSampler 'odd': inner.numbers is a float[], which a recipe cannot hold""");
    }

    @Test
    void tellsOfMeaningsThatAreMissingOrTooLong() {
        @Meaning("A sentence.")
        record Mute(int count, @Meaning("two\nlines") int depth, @Meaning(" ") int width) {}
        refused(() -> List.of(
                        Component.of(MaskSampler.class, "mute", Deaf.class, Mute.class),
                        Component.of(MaskSampler.class, "bare", Bare.class)),
                PluginContract::saysWhatEachComponentAndKeyMeans, """
                MaskSampler 'mute': its @Meaning must not end with a full stop
                MaskSampler 'mute': count has no @Meaning
                MaskSampler 'mute': depth: its @Meaning must be one line
                MaskSampler 'mute': width has no @Meaning
                MaskSampler 'bare' has no @Meaning""");
    }

    private static void refused(Plugin plugin, Consumer<PluginContract> promise, String complaint) {
        PluginContract contract = new PluginContract() {
            @Override
            protected Plugin plugin() {
                return plugin;
            }
        };
        assertThatThrownBy(() -> promise.accept(contract)).isInstanceOf(AssertionError.class).hasMessage(complaint);
    }

    public static final class Good implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of(
                    Component.of(MaskSampler.class, "nested", Nested.class, Nested.Config.class),
                    Component.of(MetricSink.class, "silent", Silent.class));
        }
    }

    public static final class Unlisted implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of();
        }
    }

    static final class Hidden implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of();
        }
    }

    static class Bare implements MaskSampler {
        @Override
        public PatchMask sample(MaskContext context) {
            throw new UnsupportedOperationException();
        }
    }

    static final class Nested extends Bare {

        enum Way { LEFT, RIGHT }

        record Step(@Meaning("patches") int size, @Meaning("what comes after it") List<Step> then) {}

        @Meaning("Masks by another sampler")
        record Config(@Meaning("the other one") Part<MaskSampler> by, @Meaning("where to") @Default("left") Way way,
                @Meaning("steps") Optional<List<Step>> steps) {}

        @Inject
        Nested(Config config, Parts parts, PatchGrid grid) {}
    }

    @Meaning("Writes nothing")
    static final class Silent implements MetricSink {

        @Inject
        Silent(@RunFolder Path folder) {}

        @Override
        public void record(Metrics metrics) {}

        @Override
        public void close() {}
    }

    static final class Greedy extends Bare {
        @Inject
        Greedy(Thread thread, @RunFolder Path folder) {}
    }

    static final class Deaf extends Bare {
        record Config(int seed) {}

        @Inject
        Deaf() {}
    }

    static final class Early implements ImageSet {
        @Inject
        Early(PatchGrid grid) {}

        @Override
        public int size() {
            return 1;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public ImageData read(int index) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String id(int index) {
            return "";
        }
    }
}
