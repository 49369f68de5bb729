package org.latentmim.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.health.Verdict;
import org.latentmim.report.RunFolder;

class ReportPageTest {

    private static final String METRICS = """
            {'step': 1, 'epoch': 0.5, 'loss': 2, 'loss/l2': 1.5, 'loss/other': 0.5, 'learning-rate': 1e-4, 'images-per-second': 8}
            {'step': 2, 'epoch': 1, 'loss': 1, 'loss/l2': 0.5, 'loss/other': 0.5, 'learning-rate': 2e-4, 'images-per-second': 8}
            {'step': 2, 'epoch': 1, 'score/nearest-neighbor/1-nn': 50}
            {'step': 4, 'epoch': 2, 'score/nearest-neighbor/1-nn': 60}
            """;
    private static final String INTERVAL =
            ", 'interval': {'low': 58, 'high': 62, 'method': '95% by bootstrap'}, 'settings': {'k': '1'}";

    @TempDir
    private Path temporary;

    @Test
    void saysWhatTheRunIsAndWhatCameOfIt() {
        Document page = page(run("a").with("metrics.jsonl", METRICS).with("scores.json", scores(60, INTERVAL))
                .with("environment.json", "{'command': 'latentmim pretrain mine', 'started': '2026-11-23T16:07:16+01:00',"
                        + " 'latentmim': '0.1.0', 'cpu': 'fast', 'device': 'cpu with 2 threads, fp32'}"));
        assertThat(page.title()).isEqualTo("Report on mine");
        assertThat(page.select("h1").text()).isEqualTo("mine");
        assertThat(page.select("header .lead").text()).isEqualTo("what it is for");
        assertThat(page.select("header").text())
                .contains("Begun on 23 November 2026, 15:07 UTC, on fast, cpu with 2 threads, fp32, with version 0.1.0.");
        assertThat(page.select("header pre").text()).isEqualTo("latentmim pretrain mine");
        assertThat(texts(page.select(".facts div"))).containsExactly("Epochs 2 of 3 4 steps",
                "Loss 1.000 from 2.000 after the first step",
                "trained encoder 60.00 % nearest-neighbor: 1-nn", "Images a second 8 the median over the run",
                "Training took 1.0 s for the steps, without evaluation");
        assertThat(page.select("details pre").text()).contains("description: what it is for");
        assertThat(page.select("#differences, .badge")).as("of several runs").isEmpty();
        assertThat(page.select("footer pre").text()).isEqualTo("latentmim report RUN");
    }

    @Test
    void drawsTheNumbersOfARunByKind() {
        Document page = page(run("a").with("metrics.jsonl", METRICS).with("scores.json", scores(60, "")));
        assertThat(texts(page.select(".charts > .chart h3"))).containsExactly("Loss", "Terms of the loss",
                "nearest-neighbor: 1-nn", "Learning rate", "Images a second");
        Element terms = page.select(".chart").get(1);
        assertThat(texts(terms.select(".legend li"))).containsExactly("l2 0.500", "other 0.500");
        assertThat(terms.select("path[data-v]").eachAttr("data-v")).containsExactly("1.500 0.500", "0.500 0.500");
        assertThat(terms.select("path[data-v]").eachAttr("d")).as("from 0.5 to 1.5, in the first of two epochs")
                .containsExactly("M250.0 0.0L500.0 1000.0", "M250.0 1000.0L500.0 1000.0");
        assertThat(terms.select(".plot").attr("aria-label"))
                .isEqualTo("Terms of the loss: l2 from 1.500 to 0.500; other from 0.500 to 0.500");
        assertThat(texts(page.select(".chart").get(2).select(".legend li")))
                .containsExactly("trained encoder 60.00", "raw pixels 30.00", "untrained encoder 40.00");
    }

    @Test
    void cutsALineWhereItIsNoNumberAndShadesWhatALongOneLeavesOut() {
        String lines = IntStream.range(0, 1000)
                .mapToObj(i -> "{'step': " + i + ", 'epoch': " + i / 100.0 + ", 'loss': " + (i == 500 ? "'NaN'" : 1 + i % 2)
                        + "}\n")
                .collect(Collectors.joining());
        Element chart = page(run("a").with("metrics.jsonl", lines)).select(".chart").first();
        String path = chart.select("path[data-v]").attr("d");
        assertThat(path.split("M", -1)).as("two pieces after nothing").hasSize(3);
        assertThat(path.split("[ML]")).as("1,000 points by fives").hasSize(1 + 199);
        assertThat(chart.select("path[data-v]").attr("data-v").split(" ")).hasSize(199).contains("1.400", "1.600");
        assertThat(chart.select("path.band").attr("d").split("Z")).hasSize(2);
        assertThat(chart.select(".plot").attr("aria-label")).isEqualTo("Loss: loss from 1.000 to 2.000, and 1 times no number");
    }

    @Test
    void putsTheRunsIntoOneChartForEachNumber() {
        Document page = page(run("a").with("metrics.jsonl", METRICS),
                run("b").with("metrics.jsonl", METRICS.replace("loss/other", "x")));
        assertThat(page.select("h1").text()).isEqualTo("2 runs of mine");
        assertThat(texts(page.select(".charts > .chart h3"))).containsExactly("Loss", "Loss: l2", "Loss: other",
                "nearest-neighbor: 1-nn", "Learning rate", "Images a second", "x");
        assertThat(texts(page.select(".chart").first().select(".legend li"))).containsExactly("A a 1.000", "B b 1.000");
        assertThat(page.select(".chart").first().select("path[data-v]").eachAttr("class")).containsExactly("c0 d0", "c1 d0");
        assertThat(texts(page.select(".chart").get(2).select(".legend li"))).as("which b has not").containsExactly("A a 0.500");
        assertThat(texts(page.select(".runs tbody tr"))).first().asString().startsWith("A a mine 2 of 3 1.000 – – 8 1.0 s –");
    }

    @Test
    void putsScoresBesideThePixelsAndTheUntrainedEncoder() {
        Document page = page(run("a").with("metrics.jsonl", METRICS).with("scores.json", scores(60, INTERVAL)));
        Element sheet = page.select(".score").first();
        assertThat(sheet.select("h3").text()).isEqualTo("nearest-neighbor");
        assertThat(sheet.select("h4").text()).isEqualTo("1-nn 2,000 images");
        assertThat(texts(sheet.select(".row"))).containsExactly(
                "raw pixels 30.00 %", "untrained encoder 40.00 %", "trained encoder 60.00 % 58.00 to 62.00 +20.00");
        assertThat(texts(sheet.select(".axis span"))).containsExactly("30", "40", "50", "60", "70");
        assertThat(sheet.select("circle").eachAttr("cx")).containsExactly("0.00%", "25.00%", "75.00%");
        assertThat(sheet.select(".whiskers").eachAttr("x1")).containsExactly("70.00%");
        assertThat(sheet.select(".whiskers").eachAttr("x2")).containsExactly("80.00%");
        assertThat(texts(sheet.select(".method dt")))
                .containsExactly("1-nn, raw pixels, untrained encoder", "1-nn, trained encoder");
        assertThat(texts(sheet.select(".method dd")))
                .containsExactly("by cosine", "by cosine", "k 1 · interval: 95% by bootstrap");
        assertThat(page.select("#scores + p").text()).contains("Whiskers show the interval");
        assertThat(sheet.select("details p")).as("of records that do not tell").isEmpty();
    }

    @Test
    void saysWhatTheScoresTook() {
        String scores = scores(60, "").replace("'evaluator'", "'seconds': 1.5, 'version': '0.2', 'evaluator'");
        Document page = page(run("a").with("scores.json", scores));
        assertThat(page.select(".score details p").text()).isEqualTo("Took 4.5 s in all, with version 0.2.");
    }

    @Test
    void namesABaselineOnceWhereTheRunsShareIt() {
        Document page = page(run("a").with("scores.json", scores(60, "")), run("b").with("scores.json", scores(70, "")),
                run("c").with("scores.json", scores(50, "").replace("40.0", "41.0")));
        assertThat(texts(page.select(".row"))).containsExactly("raw pixels 30.00 %", "A B untrained encoder 40.00 %",
                "C untrained encoder 41.00 %", "A trained encoder 60.00 % +20.00", "B trained encoder 70.00 % +30.00",
                "C trained encoder 50.00 % +9.00");
    }

    @Test
    void keepsSetsOfImagesAndUnitsApart() {
        String on = scores(60, "").replace("'nearest-neighbor'", "'nearest-neighbor', 'on': 'Fashion'").replace("'%'", "''");
        Document page = page(run("a").with("scores.json", scores(60, "").replace("]", ",") + on.substring(1)));
        assertThat(texts(page.select("#scores ~ h3"))).containsExactly("On the images of the recipe", "On Fashion");
        assertThat(texts(page.select(".row .value")))
                .containsExactly("30.00 %", "40.00 %", "60.00 %", "30.00", "40.00", "60.00");
    }

    @Test
    void showsTheLastWeightsOnly() {
        String early = RunFolder.score("trained", 1, "1-nn", 45, "");
        Document page = page(run("a").with("scores.json", scores(60, "").replace("[", "[" + early + ",")));
        assertThat(texts(page.select(".row.trained .value"))).containsExactly("60.00 %");
        assertThat(page.select(".facts").text()).contains("60.00 %").doesNotContain("45");
    }

    @Test
    void tellsTheVerdictWithCauseAndAdvice() {
        Document page = page(run("a").with("health.json", Stream.of(look(1, "TOO_EARLY_TO_SAY", 1), look(20, "HEALTHY", 20),
                look(60, "POSITION_CODE", 40)).collect(Collectors.joining(",", "{'looks': [", "]}"))));
        assertThat(page.select(".verdict").text()).isEqualTo("! position code Measured after step 60"
                + " similarity 0.55 within and 0.40 across images, effective rank 7, place 80% of the variance"
                + " Likely cause " + Verdict.POSITION_CODE.cause() + " To try " + Verdict.POSITION_CODE.advice()
                + " Before healthy after step 20");
        assertThat(page.select(".verdict").hasClass("bad")).isTrue();
        assertThat(page.select(".facts").text()).contains("Health position code after step 60");
    }

    @Test
    void listsTheKeysThatDifferAndNoOthers() {
        RunFolder other = RunFolder.of(
                temporary.resolve("b"), "name: other\ntrain:\n  epochs: 5\n  batch: 4\ntarget: {name: shared}\n");
        Document page = page(run("a"), other);
        assertThat(page.select("h1").text()).isEqualTo("2 runs");
        assertThat(texts(page.select(".keys thead th"))).containsExactly("key", "A a", "B b");
        assertThat(texts(page.select(".keys tbody tr"))).containsExactly("train.epochs 3 5", "target.name – shared");
        assertThat(page(run("a"), run("c")).select("#differences + p").text())
                .isEqualTo("Nothing but names: every key has the same value.");
    }

    @Test
    void carriesThePicturesInItself() {
        byte[] png = RunFolder.png(30, 20);
        Document page = page(run("a").with("pictures/a.png", png).with("pictures/pictures.json",
                "[{'file': 'a.png', 'title': 'cat', 'caption': 'three components', 'group': 'Components'}]"));
        assertThat(page.select(".gallery").prev().text()).isEqualTo("Components");
        Element image = page.select(".gallery img").first();
        assertThat(image.attr("src")).isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
        assertThat(image.attr("alt")).isEqualTo("cat: three components");
        assertThat(image.attr("width") + " x " + image.attr("height")).isEqualTo("30 x 20");
        assertThat(image.hasClass("small")).isTrue();
        assertThat(page.select(".gallery figcaption").text()).isEqualTo("cat three components");
    }

    @Test
    void listsSkippedSteps() {
        String steps = IntStream.range(1, 31)
                .mapToObj(i -> "{'step': " + i + ", 'epoch': 0, 'reason': 'loss', 'images': [], 'ids': ['" + i + ".png']}\n")
                .collect(Collectors.joining());
        Document page = page(run("a").with("skipped.jsonl", steps));
        assertThat(page.select("#skipped ~ details summary").text()).isEqualTo("a: 30 steps, the first 20");
        assertThat(texts(page.select("#skipped ~ details tbody tr"))).hasSize(20).startsWith("1 0 loss 1.png");
    }

    @Test
    void saysWhatIsMissing() {
        Document page = page(run("a"));
        assertThat(texts(page.select(".notes li"))).containsExactly("The run has recorded no metrics.");
        assertThat(page.select("#scores + p").text()).startsWith("None yet");
        assertThat(page.select("#curves, #health, #pictures, #skipped, .chart")).isEmpty();
        assertThat(texts(page(run("a"), run("b").with("metrics.jsonl", METRICS)).select(".notes li")))
                .containsExactly("a: The run has recorded no metrics.");
    }

    @Test
    void writesWhatRunsSayAsText() {
        String evil = "<img src=x onerror=alert(1)>\\\"&{{title}}";
        String shown = "<img src=x onerror=alert(1)>\"&{{title}}";
        Document page = page(RunFolder.of(temporary.resolve("<i>"), "name: '" + shown + "'\ndescription: </script><b>\n")
                .with("metrics.jsonl", METRICS.replace("l2", evil))
                .with("environment.json", "{'cpu': '" + evil + "', 'started': '" + evil + "'}")
                .with("scores.json", scores(60, "").replace("by cosine", evil).replace("1-nn", evil))
                .with("pictures/a.png", RunFolder.png(1, 1))
                .with("pictures/pictures.json", "[{'file': 'a.png', 'title': '" + evil + "', 'caption': '" + evil + "'}]"));
        assertThat(page.select("[onerror], h1 b, h1 i, summary i")).isEmpty();
        assertThat(page.select("h1").text()).isEqualTo(shown);
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select(".gallery img").attr("alt")).isEqualTo(shown + ": " + shown);
        assertThat(page.select(".legend").text()).contains(shown);
        assertThat(page.select(".method dd").first().text()).isEqualTo(shown);
    }

    @Test
    void needsNothingElseAndCanBeReadByEverybody() {
        Document page = page(run("a").with("metrics.jsonl", METRICS).with("scores.json", scores(60, INTERVAL)),
                run("b").with("metrics.jsonl", METRICS));
        assertThat(page.select("link:not([href='data:,']), script[src], iframe, object, [src]:not([src^=data:])")).isEmpty();
        assertThat(page.select("style").html()).doesNotContain("@import", "url(", "http");
        assertThat(page.select("a").eachAttr("href")).isNotEmpty()
                .allSatisfy(link -> assertThat(page.select(link)).as(link).hasSize(1));
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        assertThat(page.select("[aria-labelledby]").eachAttr("aria-labelledby"))
                .allSatisfy(id -> assertThat(page.getElementById(id)).isNotNull());
        assertThat(page.select("svg:not([aria-hidden])")).as("drawings beside no words").isEmpty();
        assertThat(page.select(".plot:not([aria-label])")).isEmpty();
        assertThat(levels(page)).as("headings skip no level").isTrue();
        assertThat(page.select("html").attr("lang")).isEqualTo("en");
    }

    private static boolean levels(Document page) {
        int[] levels = page.select("h1, h2, h3, h4").stream().mapToInt(heading -> heading.tagName().charAt(1) - '0').toArray();
        return levels[0] == 1 && IntStream.range(1, levels.length).allMatch(i -> levels[i] <= levels[i - 1] + 1);
    }

    private static String look(int step, String verdict, int since) {
        return "{'step': " + step + ", 'verdict': '" + verdict + "', 'since': " + since + ", 'words': 'as a run says it',"
                + " 'measured': {'similarity/within': 0.55, 'similarity/across': 0.4, 'effective-rank': 7, 'variance/place': 0.8}}";
    }

    private RunFolder run(String name) {
        return RunFolder.of(temporary.resolve(name),
                "name: mine\ndescription: what it is for\ntrain:\n  epochs: 3\n  batch: 4\n");
    }

    private static String scores(double trained, String more) {
        return Stream.of(RunFolder.score("pixels", 0, "1-nn", 30, ""), RunFolder.score("untrained", 0, "1-nn", 40, ""),
                RunFolder.score("trained", 2, "1-nn", trained, more)).collect(Collectors.joining(",", "[", "]"));
    }

    private static Document page(RunFolder... runs) {
        return Jsoup.parse(ReportPage.html(Arrays.stream(runs).map(RunFolder::read).toList(), "latentmim report RUN"));
    }

    private static List<String> texts(Elements elements) {
        return elements.eachText();
    }
}
