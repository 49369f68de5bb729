package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;
import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginBuild;

/** The project in {@code outside-plugin}, which Maven does not build with the others: it compiles, passes, and trains. */
class OutsidePluginTest {

    private static final Path PROJECT = Path.of("outside-plugin").toAbsolutePath();
    private static final String SERVICE = "META-INF/services/" + Plugin.class.getName();

    @TempDir
    private static Path folder;

    private static Path testClasses;
    private static Path jar;

    @BeforeAll
    static void builds() throws IOException {
        String api = classPath("latentmim-api.*(?<!tests\\.jar|test-classes)", "pytorchFILE", "javacppFILE", "jakarta\\.injectFILE");
        PluginBuild main = new PluginBuild(folder.resolve("classes")).compile(api, sources("main"));
        Path service = Files.createDirectories(main.classes().resolve("META-INF/services")).resolve(Plugin.class.getName());
        Files.copy(PROJECT.resolve("src/main/resources").resolve(SERVICE), service);
        jar = main.pack(folder.resolve("outside-plugin.jar"), Map.of("Latent-MIM-Api", inPom("Latent-MIM-Api")));

        testClasses = folder.resolve("test-classes");
        String contracts =
                classPath("latentmim-api.*", "junitFILE", "assertjFILE", "opentest4jFILE", "apiguardianFILE", "jspecifyFILE");
        new PluginBuild(testClasses).compile(String.join(File.pathSeparator, jar.toString(), api, contracts), sources("test"));
    }

    @Test
    void passesItsOwnTests() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL(), testClasses.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
            LauncherFactory.create().execute(request.selectors(selectClasspathRoots(Set.of(testClasses))).build(), listener);
            TestExecutionSummary summary = listener.getSummary();
            assertThat(summary.getFailures().stream().map(OutsidePluginTest::words)).isEmpty();
            assertThat(summary.getTestsSucceededCount()).isGreaterThan(20);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void trainsFromARecipe() throws IOException, InterruptedException {
        Path run = folder.resolve("run");
        String recipe = PROJECT.resolve("spread.yaml").toString();
        List<String> args = new ArrayList<>(List.of("pretrain", recipe, "--out", run.toString(),
                "--set", "masking.visible=9", "--set", "losses.1.centre=false"));
        args.addAll(CommandLineRun.TINY);
        CommandLineRun done = CommandLineRun.besides(List.of(jar), args);
        assertThat(done.err()).isEmpty();
        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("sees 9 of 49 patches");
        assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("""
                masking:
                  name: spread
                  visible: 9
                  candidates: 8
                """, """
                  - name: relation
                    centre: false
                    weight: 0.5
                """);
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
                .filteredOn(line -> line.contains("\"loss/relation\":"))
                .hasSize(8);
    }

    @Test
    void saysTheVersionsThatTheFrameworkHas() throws IOException {
        String parent = Files.readString(PROJECT.resolve("../../pom.xml"));
        assertThat(inPom("Latent-MIM-Api")).isEqualTo("" + Plugin.API_VERSION);
        assertThat(parent).contains("<version>" + inPom("latentmim.version") + "</version>");
        String javacpp = property(parent, "javacpp.version");
        assertThat(Files.readString(PROJECT.resolve("pom.xml"))).contains(
                "<version>" + property(parent, "pytorch.version").replace("${javacpp.version}", javacpp) + "</version>",
                "<version>" + property(parent, "openblas.version").replace("${javacpp.version}", javacpp) + "</version>",
                "<version>" + javacpp + "</version>",
                "<version>" + property(parent, "junit.version") + "</version>",
                "<version>" + property(parent, "assertj.version") + "</version>");
    }

    @Test
    void showsTheWholeRecipeInItsReadme() throws IOException {
        assertThat(Files.readString(PROJECT.resolve("README.md")))
                .contains("   ```yaml\n" + Files.readString(PROJECT.resolve("spread.yaml")).indent(3) + "   ```");
    }

    private static List<Path> sources(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src").resolve(kind).resolve("java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    /** The entries of the class path whose path ends with one of the patterns; {@code FILE} is the rest of a file's name. */
    private static String classPath(String... patterns) {
        Pattern wanted = Pattern.compile(".*[/\\\\](?:" + String.join("|", patterns).replace("FILE", "[^/\\\\]*") + ")");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> wanted.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String inPom(String name) throws IOException {
        return property(Files.readString(PROJECT.resolve("pom.xml")), name);
    }

    private static String property(String pom, String name) {
        Matcher element = Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)<").matcher(pom);
        assertThat(element.find()).as(name).isTrue();
        return element.group(1);
    }

    private static String words(Failure failure) {
        return failure.getTestIdentifier().getLegacyReportingName() + ": " + failure.getException();
    }
}
