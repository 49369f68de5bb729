package org.latentmim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.health.Verdict;
import org.latentmim.report.Curve.Point;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Interval;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.SkippedStep;

class RunRecordTest {

    private static final String LINE = "{'step': 20, 'epoch': 0.5, 'loss': 1.5}\n";

    @TempDir
    private Path temporary;

    @Test
    void readsAllThatARunLeaves() {
        RunRecord run = folder("name: mine\ntrain:\n  batch: 8\n  accumulation: 2\n")
                .with("environment.json", "{'cpu': 'fast', 'cores': 2}")
                .with("metrics.jsonl", "{'step': 1, 'epoch': 0.1, 'loss': 2, 'images-per-second': 16}\n"
                        + "{'step': 10, 'epoch': 1, 'epoch-loss': 1.75}\n"
                        + "{'step': 11, 'epoch': 1.1, 'loss': 'NaN', 'images-per-second': 32}\n")
                .with("scores.json", "[" + RunFolder.score("trained", 2, "1-nn", 70,
                        ", 'interval': {'low': 69, 'high': 71, 'method': '95%'}, 'settings': {'k': '1'}, 'later': 1") + "]")
                .with("health.json", "{'looks': [{'step': 10, 'verdict': 'NOT_MOVING', 'since': 10, 'words': 'not moving',"
                        + " 'measured': {'loss': 'NaN'}}]}")
                .with("skipped.jsonl", "{'step': 5, 'epoch': 0, 'reason': 'loss', 'images': [3], 'ids': ['a.png']}\n"
                        + "{'step': 6, 'epoch': 0, 'reason': 'gradient', 'images': [4], 'ids': ['b.png']}\n")
                .with("pictures/all/pictures.json",
                        "[{'file': 'a.png', 'title': 'cat', 'caption': 'colours', 'group': 'components'}, {'file': 'b.png'}]")
                .with("pictures/all/a.png", RunFolder.png(3, 2)).with("pictures/all/b.png", RunFolder.png(1, 1))
                .read();

        assertThat(run.faults()).isEmpty();
        assertThat(run.name()).isEqualTo("mine");
        assertThat(run.recipe()).containsEntry("train.accumulation", "2");
        assertThat(run.environment()).containsExactly(entry("cpu", "fast"), entry("cores", "2"));
        assertThat(run.metrics().curves()).containsOnlyKeys("loss", "epoch-loss", "images-per-second");
        assertThat(run.metrics().curves().get("loss").points()).containsExactly(new Point(0.1, 2), new Point(1.1, Double.NaN));
        assertThat(run.metrics().steps()).isEqualTo(11);
        assertThat(run.metrics().pace()).hasValue(32);
        assertThat(run.time()).as("16 images a step: one step at 16 images/s, ten at 32").contains(Duration.ofSeconds(6));
        JudgedScore judged = run.scores().get(0);
        assertThat(judged.score().interval()).contains(new Interval(69, 71, "95%"));
        assertThat(judged.score().settings()).containsExactly(entry("k", "1"));
        assertThat(run.health().last().orElseThrow().verdict()).isEqualTo(Verdict.NOT_MOVING);
        assertThat(run.skipped()).extracting(SkippedStep::reason).containsExactly("loss", "gradient");
        assertThat(run.pictures()).extracting(Picture::title).containsExactly("cat", "b.png");
        assertThat(run.pictures()).extracting(Picture::width).containsExactly(3, 1);
        assertThat(run.pictures().get(0).png()).isEqualTo(RunFolder.png(3, 2));
    }

    @Test
    void readsScoresOfEarlierVersions() {
        RunRecord run = folder("{}").with("metrics.jsonl", LINE)
                .with("scores.json", "[" + RunFolder.score("pixels", 0, "1-nn", 30, "") + "]").read();
        assertThat(run.faults()).isEmpty();
        assertThat(run.scores().get(0).on()).isEmpty();
        assertThat(run.scores().get(0).score().interval()).isEmpty();
    }

    @Test
    void leavesOutALineThatIsCutOff() {
        RunRecord run = folder("{}").with("metrics.jsonl", LINE + "{'step': 40, 'epo").read();
        assertThat(run.faults())
                .containsExactly("The last line of metrics.jsonl is cut off, as while a run writes it, and left out.");
        assertThat(run.metrics().curves().get("loss").points()).containsExactly(new Point(0.5, 1.5));
    }

    @Test
    void leavesOutLinesThatAreNone() {
        RunRecord run = folder("{}").with("metrics.jsonl", LINE + "[1]\n" + LINE + "\n{'step': 3}\n" + LINE).read();
        assertThat(run.faults())
                .containsExactly("3 lines of metrics.jsonl are no lines of metrics, and left out; the first is line 2.");
        assertThat(run.metrics().curves().get("loss").points()).hasSize(3);
        assertThat(folder("{}").with("metrics.jsonl", "null\n" + LINE).read().faults())
                .containsExactly("Line 1 of metrics.jsonl is no line of metrics, and left out.");
    }

    @Test
    void saysThatThereAreNoMetrics() {
        assertThat(folder("{}").read().faults()).containsExactly("The run has recorded no metrics.");
    }

    @Test
    void leavesOutFilesThatAreNotWhatARunWrites() {
        RunRecord run = folder("a: [1").with("metrics.jsonl", LINE).with("scores.json", "[{'score': 1")
                .with("health.json", "{'looks': [{'step': 1}]}")
                .with("skipped.jsonl", "{'step': 'x'}").with("environment.json", "").with("pictures/pictures.json", "{}").read();
        assertThat(run.recipe()).isEmpty();
        assertThat(run.scores()).isEmpty();
        assertThat(run.name()).isEqualTo("run");
        assertThat(run.faults()).hasSize(5).satisfiesExactly(
                recipe -> assertThat(recipe)
                        .startsWith(run.folder().resolve("recipe.yaml") + ", line 1, column 6: cannot be read: "),
                scores -> assertThat(scores).startsWith("scores.json is not what a run writes, and left out: "),
                health -> assertThat(health).startsWith("health.json is not what a run writes, and left out: "),
                skipped -> assertThat(skipped).startsWith("skipped.jsonl is not what a run writes, and left out: "),
                pictures -> assertThat(pictures).isEqualTo("pictures/pictures.json is no list of pictures, and left out."));
    }

    @Test
    void leavesOutRecordsThatLackAPart() {
        String score = RunFolder.score("pixels", 0, "1-nn", 30, "");
        for (String scores : List.of("[{}]", "[null]", "[" + score.replace("'unit'", "'tinu'") + "]")) {
            assertThat(folder("{}").with("metrics.jsonl", LINE).with("scores.json", scores).read().faults())
                    .containsExactly("scores.json is not what a run writes, and left out: a score lacks a part");
        }
        RunRecord run =
                folder("{}").with("metrics.jsonl", LINE).with("scores.json", "[]").with("skipped.jsonl", "{'step': 1}").read();
        assertThat(run.faults()).containsExactly("skipped.jsonl is not what a run writes, and left out: a step lacks a part");
    }

    @Test
    void showsNoFileFromElsewhereAndNoOtherThanAPng() {
        RunRecord run = folder("{}").with("metrics.jsonl", LINE).with("secret.png", RunFolder.png(1, 1))
                .with("pictures/text.png", "text, and long enough to have a header")
                .with("pictures/pictures.json",
                        "[{'file': '../secret.png'}, {'file': 'gone.png'}, {'file': 'text.png'}, {}, null]")
                .read();
        assertThat(run.pictures()).isEmpty();
        assertThat(run.faults()).containsExactly(
                "pictures/pictures.json names a picture '../secret.png' that is not there.",
                "pictures/pictures.json names a picture 'gone.png' that is not there.",
                "pictures/text.png is no PNG, and left out.",
                "pictures/pictures.json names a picture '' that is not there.",
                "pictures/pictures.json names a picture '' that is not there.");
    }

    @Test
    void refusesAFolderWithoutARun() {
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> RunRecord.read(temporary))
                .withMessage("There is no run in " + temporary + ": it has no recipe.yaml.");
    }

    private RunFolder folder(String recipe) {
        return RunFolder.of(temporary.resolve("run"), recipe);
    }
}
