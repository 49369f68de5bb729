package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.MaskSampler;

/** Plugins in real jars, and what is said of each that cannot be used. */
class PluginJarTest {

    private static final String SPREAD = """
            import java.util.List;
            import org.latentmim.patch.PatchMask;
            import org.latentmim.spi.*;

            public final class %s implements Plugin {
                static final class Spread implements MaskSampler {
                    @Override
                    public PatchMask sample(MaskContext context) {
                        return null;
                    }
                }

                @Override
                public List<Component<?>> components() {
                    return List.of(Component.of(MaskSampler.class, "spread", Spread.class));
                }
            }
            """;

    @TempDir
    private Path folder;

    private OutsideJars jars;

    @BeforeEach
    void usesAFolderWithASpace() {
        jars = new OutsideJars(folder.resolve("my plugins"));
    }

    @Test
    void findsThePluginOfAJar() throws IOException {
        for (Map<String, String> manifest : List.of(Map.<String, String>of(), Map.of("Latent-MIM-Api", "1"))) {
            try (URLClassLoader loader = OutsideJars.loader(jars.jar("Alone", SPREAD.formatted("Alone"), manifest))) {
                assertThat(Catalogue.find(loader).component(MaskSampler.class, "spread")).isPresent();
            }
        }
    }

    @Test
    void namesBothJarsThatClaimAName() throws IOException {
        Path one = jars.jar("One", SPREAD.formatted("One"), Map.of());
        Path two = jars.jar("Two", SPREAD.formatted("Two"), Map.of());
        refused("There are two components for the mask sampler 'spread': one of org.example.One in " + one
                + ", one of org.example.Two in " + two + ". Leave one of them out.", one, two);
    }

    @Test
    void namesTheJarThatWasBuiltForAnotherVersion() throws IOException {
        Path jar = jars.jar("Alone", SPREAD.formatted("Alone"), Map.of("Latent-MIM-Api", "2"));
        refused(jar + " was built for version 2 of the plugin interface, and this is version 1;"
                + " ask for a build for version 1, or leave it out.", jar);
    }

    @Test
    void namesTheJarOfAConstructorThatFails() throws IOException {
        Path jar = with("Failing", "public Failing() { throw new IllegalStateException(\"no luck\"); }");
        refused("The plugin org.example.Failing in " + jar
                + " cannot be loaded: its constructor failed: java.lang.IllegalStateException: no luck.", jar);
    }

    @Test
    void namesTheJarOfAClassThatCannotBeInitialised() throws IOException {
        Path jar = with("Static", "private static final int NUMBER = Integer.parseInt(\"x\");");
        refused("The plugin org.example.Static in " + jar
                + " cannot be loaded: java.lang.NumberFormatException: For input string: \"x\".", jar);
    }

    @Test
    void namesTheJarOfAPluginThatIsNotPublicOrNone() throws IOException {
        Path hidden = jars.jar("Hidden", SPREAD.formatted("Hidden").replace("public final", "final"), Map.of());
        refused("The plugin org.example.Hidden in " + hidden
                + " cannot be loaded: it must be public, with a public constructor without arguments.", hidden);
        Path none = jars.jar("None", "public final class None {}", Map.of());
        refused("The plugin org.example.None in " + none
                + " cannot be loaded: it does not implement org.latentmim.spi.Plugin.", none);
    }

    @Test
    void namesTheJarWhoseServiceFileNamesNoClass() throws IOException {
        Path jar = jars.misnamed("Alone", SPREAD.formatted("Alone"), "org.example.Gone");
        refused("The plugin org.example.Gone in " + jar + " cannot be loaded: there is no such class.", jar);
    }

    @Test
    void namesTheJarOfAKeyThatARecipeCannotHold() throws IOException {
        Path jar = jars.jar("Odd", SPREAD.formatted("Odd").replace("Spread.class)", "Spread.class, Keys.class)")
                .replace("implements Plugin {", "implements Plugin { record Keys(float speed) {}"), Map.of());
        refused("The mask sampler 'spread' of org.example.Odd in " + jar + " has the key 'speed' of type float, which a recipe"
                + " cannot hold: it holds int, long, double, boolean, String, Path, enums, records of these, Part, OptionalInt,"
                + " OptionalDouble, and Optional and List of these.", jar);
    }

    @Test
    void namesTheJarThatCannotSayWhatItOffers() throws IOException {
        jars.compiledAgainst("org.latentmim.spi.Component", """
                package org.latentmim.spi;

                public record Component<T>(Class<T> spi, String name, Class<? extends T> implementation) {
                    public static <T> Component<T> of(Class<T> spi, String name, Class<? extends T> implementation, int rank) {
                        return new Component<>(spi, name, implementation);
                    }
                }
                """);
        Path jar = jars.jar("Newer", SPREAD.formatted("Newer").replace("Spread.class)", "Spread.class, 1)"), Map.of());
        refused("The plugin org.example.Newer in " + jar + " cannot say what it offers: java.lang.NoSuchMethodError:"
                + " 'org.latentmim.spi.Component"
                + " org.latentmim.spi.Component.of(java.lang.Class, java.lang.String, java.lang.Class, int)'.", jar);
    }

    /** The plugin with something more in its class. */
    private Path with(String name, String member) throws IOException {
        return jars.jar(name, SPREAD.formatted(name).replace("implements Plugin {", "implements Plugin { " + member), Map.of());
    }

    private static void refused(String message, Path... jars) throws IOException {
        try (URLClassLoader loader = OutsideJars.loader(jars)) {
            assertThatThrownBy(() -> Catalogue.find(loader)).isInstanceOf(UsageException.class).hasMessage(message);
        }
    }
}
