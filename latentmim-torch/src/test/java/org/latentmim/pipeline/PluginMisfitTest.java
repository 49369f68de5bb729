package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Plugin;
import org.latentmim.testing.TestMaskContext;

/** Plugins in real jars that were compiled against a plugin interface that is not ours. */
class PluginMisfitTest {

    private static final String PLUGIN = """
            import jakarta.inject.Inject;
            import java.util.List;
            import org.latentmim.patch.PatchMask;
            import org.latentmim.spi.*;

            public final class Old implements Plugin {
                static final class OldMask implements MaskSampler {
                    @Inject
                    OldMask() {
                        %s
                    }

                    @Override
                    public PatchMask sample(MaskContext context) {
                        %s
                    }
                }

                @Override
                public List<Component<?>> components() {
                    return List.of(Component.of(MaskSampler.class, "old", OldMask.class));
                }
            }
            """;

    @TempDir
    private Path folder;

    private OutsideJars jars;

    @BeforeEach
    void usesAFolder() {
        jars = new OutsideJars(folder);
    }

    @Test
    void findsThePluginWhoseConstructorMissesAClass() throws IOException {
        jars.compiledAgainst("org.latentmim.spi.Gone", "package org.latentmim.spi;\n\npublic final class Gone {}");
        explained(jars.jar("Old", PLUGIN.formatted("new Gone();", "return null;"), Map.of()),
                "(NoClassDefFoundError: org/latentmim/spi/Gone)", sampler -> {});
    }

    @Test
    void findsThePluginThatCallsAMethodThatIsNotThere() throws IOException {
        jars.compiledAgainst("org.latentmim.spi.MaskContext", """
                package org.latentmim.spi;

                public interface MaskContext {
                    org.latentmim.patch.PatchMask last();
                }
                """);
        explained(jars.jar("Old", PLUGIN.formatted("", "return context.last();"), Map.of()),
                "(NoSuchMethodError: 'org.latentmim.patch.PatchMask org.latentmim.spi.MaskContext.last()')",
                PluginMisfitTest::sample);
    }

    @Test
    void findsThePluginThatLacksAMethodThatIsCalled() throws IOException {
        jars.compiledAgainst("org.latentmim.spi.MaskSampler", """
                package org.latentmim.spi;

                public interface MaskSampler {
                    org.latentmim.patch.PatchMask draw(MaskContext context);
                }
                """);
        explained(jars.jar("Old", PLUGIN.formatted("", "return null;").replace("sample(", "draw("), Map.of()),
                "(AbstractMethodError: Receiver class org.example.Old$OldMask does not define or inherit an implementation of the"
                        + " resolved method 'abstract org.latentmim.patch.PatchMask sample(org.latentmim.spi.MaskContext)' of interface"
                        + " org.latentmim.spi.MaskSampler.)",
                PluginMisfitTest::sample);
    }

    @Test
    void blamesNoPluginForNativesThatCannotBeLoaded() throws IOException {
        try (URLClassLoader loader = OutsideJars.loader(jars.jar("Old", PLUGIN.formatted("", "return null;"), Map.of()))) {
            StackTraceElement[] trace = {new StackTraceElement("org.example.Old", "components", "Old.java", 1)};
            for (LinkageError error : List.of(
                    new UnsatisfiedLinkError("no jnitorch in java.library.path"),
                    new ExceptionInInitializerError(new UnsatisfiedLinkError("no jnitorch in java.library.path")),
                    new NoClassDefFoundError("Could not initialize class org.bytedeco.pytorch.global.torch"))) {
                error.setStackTrace(trace);
                assertThat(PluginMisfit.explain(error, loader)).isEmpty();
            }
            NoClassDefFoundError other = new NoClassDefFoundError("com/google/gson/Gson");
            other.setStackTrace(trace);
            assertThat(PluginMisfit.explain(new FailureException("loading images failed", other), loader))
                    .hasValueSatisfying(sentence ->
                            assertThat(sentence).contains("Old.jar", "NoClassDefFoundError: com/google/gson/Gson"));
        }
    }

    @Test
    void blamesNoPluginForWhatTheFrameworkDoesToItselfOrForOtherFailures() {
        assertThat(PluginMisfit.explain(new NoSuchMethodError("'void org.latentmim.masking.MaskingPlugin.gone()'"))).isEmpty();
        assertThat(PluginMisfit.explain(new IllegalStateException("no luck"))).isEmpty();
    }

    private interface Use {
        void with(MaskSampler sampler) throws Exception;
    }

    private void explained(Path jar, String error, Use use) throws IOException {
        try (URLClassLoader loader = OutsideJars.loader(jar)) {
            Plugin plugin = PluginJar.all(loader).get(0).load("org.example.Old", loader);
            Catalogue catalogue = Catalogue.of(List.of(new FakePlugin(), plugin));
            new RecipeFiles(folder).with("old.yaml", RecipeFiles.SMALL.replace("{name: random, visible: 2}", "old"));
            Recipe recipe = new RecipeReader(catalogue, BuiltInRecipes.NONE).read(folder.resolve("old.yaml").toString(), List.of());
            ThrowingCallable build = () -> use.with(Assembly.of(recipe).maskSampler());
            assertThat(PluginMisfit.explain(catchThrowable(build), loader)).contains("The plugin in " + jar
                    + " does not fit this version of Latent MIM " + error
                    + "; build it again against this version, or put what it needs beside it on the class path.");
        }
    }

    private static void sample(MaskSampler sampler) {
        sampler.sample(TestMaskContext.of(new PatchGrid(6, 6, 4, 0, 3), 0));
    }
}
