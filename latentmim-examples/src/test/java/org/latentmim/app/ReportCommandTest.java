package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.report.RunFolder;

class ReportCommandTest {

    private static final String METRICS = "{'step': 1, 'epoch': 0.5, 'loss': 2}\n{'step': 2, 'epoch': 1, 'loss': 1}\n";

    @TempDir
    private Path temporary;

    @Test
    void showsWhatATrainingLeaves() throws IOException {
        Path run = temporary.resolve("run");
        assertThat(CommandLineRun.tiny("--out", run.toString()).exitCode()).isZero();

        CommandLineRun report = report(run.toString());

        assertThat(report.err()).isEmpty();
        assertThat(report.out()).isEqualTo("The report is in " + run.resolve("report.html") + "\n");
        assertThat(report.exitCode()).isZero();
        Document page = Jsoup.parse(Files.readString(run.resolve("report.html")));
        assertThat(page.select(".notes")).as("what could not be read").isEmpty();
        assertThat(page.select(".facts").text()).contains("Epochs 2 of 2 8 steps");
        assertThat(page.select(".charts > .chart h3").eachText())
                .contains("Loss", "Terms of the loss", "Similarity of latents", "Learning rate", "Gradient norm");
        assertThat(page.select(".score .row > :first-child").eachText())
                .containsSequence("raw pixels", "untrained encoder", "trained encoder");
        assertThat(page.select("header pre").text()).startsWith("latentmim pretrain quickstart --set images.train.to=64");
        assertThat(page.select("footer pre").text()).isEqualTo("latentmim report " + run);
    }

    @Test
    void putsSeveralRunsBesideEachOther() throws IOException {
        String a = run("a");
        CommandLineRun report = report(a, run("b"), a + "/../a");
        assertThat(report.out()).isEqualTo("The report is in " + temporary.resolve("report.html") + "\n");
        Document page = Jsoup.parse(Files.readString(temporary.resolve("report.html")));
        assertThat(page.select(".runs tbody tr")).as("a run that is named twice is shown once").hasSize(2);
        try (var files = Files.list(temporary)) {
            assertThat(files).as("and nothing half-written").hasSize(3);
        }
    }

    @Test
    void tellsWhatItLeavesOut() {
        String run = run("a");
        new RunFolder(Path.of(run)).with("scores.json", "{").with("metrics.jsonl", METRICS + "{'st");
        CommandLineRun report = report(run, "--out", temporary.resolve("deep/page.html").toString());
        assertThat(report.out().lines()).hasSize(3).first().asString()
                .isEqualTo(run + ": The last line of metrics.jsonl is cut off, as while a run writes it, and left out.");
        assertThat(report.out()).contains(run + ": scores.json is not what a run writes, and left out: ")
                .endsWith("The report is in " + temporary.resolve("deep/page.html") + "\n");
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void refusesAFolderWithoutARun() {
        String none = temporary.resolve("none").toString();
        CommandLineRun report = report(run("a"), none, "--out", temporary.resolve("p.html").toString());
        assertThat(report.err()).isEqualTo(
                "latentmim: There is no run in " + temporary.resolve("none") + ": it has no recipe.yaml.\n");
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(temporary.resolve("p.html")).doesNotExist();
    }

    @Test
    void asksForARun() {
        CommandLineRun report = report();
        assertThat(report.err()).isEqualTo("latentmim: Missing required parameter: 'RUN'\nSee latentmim report --help.\n");
        assertThat(report.exitCode()).isEqualTo(2);
    }

    @Test
    void refusesAPlaceBelowAFile() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        CommandLineRun report = report(run("a"), "--out", file.resolve("page.html").toString());
        assertThat(report.err()).isEqualTo("latentmim: The folder " + file + " cannot be made: " + file + " is a file.\n");
        assertThat(report.exitCode()).isEqualTo(1);
    }

    private String run(String name) {
        return RunFolder.of(temporary.resolve(name), "name: mine\n").with("metrics.jsonl", METRICS).path().toString();
    }

    private static CommandLineRun report(String... args) {
        List<String> all = new ArrayList<>(List.of("report"));
        all.addAll(Arrays.asList(args));
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
