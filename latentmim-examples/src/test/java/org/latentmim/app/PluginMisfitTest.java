package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.testing.PluginBuild;

/** The whole program beside a plugin that was compiled against a plugin interface that is not ours. */
class PluginMisfitTest {

    @TempDir
    private Path folder;

    @Test
    void aTrainingNamesTheJarOfALossThatDoesNotFit() throws IOException, InterruptedException {
        String classPath = System.getProperty("java.class.path");
        Path otherApi = folder.resolve("other-api");
        new PluginBuild(otherApi).compile(classPath, "org.latentmim.spi.ReconstructionLoss", """
                package org.latentmim.spi;

                import org.bytedeco.pytorch.Tensor;

                public interface ReconstructionLoss {
                    Tensor loss(Reconstruction reconstruction);
                }
                """);
        Path jar = new PluginBuild(folder.resolve("classes"))
                .compile(otherApi + File.pathSeparator + classPath, "org.example.OldPlugin", """
                        package org.example;

                        import jakarta.inject.Inject;
                        import java.util.List;
                        import org.bytedeco.pytorch.Tensor;
                        import org.latentmim.spi.*;

                        public final class OldPlugin implements Plugin {
                            static final class OldLoss implements ReconstructionLoss {
                                @Inject
                                OldLoss() {}

                                @Override
                                public Tensor loss(Reconstruction reconstruction) {
                                    return reconstruction.predicted().mean();
                                }
                            }

                            @Override
                            public List<Component<?>> components() {
                                return List.of(Component.of(ReconstructionLoss.class, "old", OldLoss.class));
                            }
                        }
                        """)
                .naming("org.example.OldPlugin")
                .pack(folder.resolve("old.jar"), Map.of());
        CommandLineRun run = CommandLineRun.besides(
                List.of(jar), CommandLineRun.tinyArgs("--set", "losses=[old]", "--out", folder.resolve("run").toString()));
        assertThat(run.err()).startsWith("latentmim: The plugin in " + jar + " does not fit this version of Latent MIM (")
                .endsWith("); build it again against this version, or put what it needs beside it on the class path.\n")
                .hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
