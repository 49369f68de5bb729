package org.latentmim.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latentmim.patch.PatchGrid;
import org.latentmim.pipeline.Recipe;
import org.latentmim.preview.Coverage;
import org.latentmim.preview.MaskPreview;
import org.latentmim.preview.MaskPreview.Moment;
import org.latentmim.preview.MaskStatistics;
import org.latentmim.spi.Progress;

/** The page that shows what a recipe hides: pictures of its images under its masks, and what the masks have in common. */
public final class MaskPage {

    private static final int SMALL = 200; // pixels: narrower images are enlarged without smoothing
    private static final int IMAGES_OVER_THE_RUN = 2;

    private final MaskPreview preview;
    private final PatchGrid grid;
    private final MaskStatistics start;

    private MaskPage(MaskPreview preview) {
        this.preview = preview;
        this.grid = preview.grid();
        this.start = preview.moments().get(0).statistics();
    }

    /**
     * Returns the page.
     *
     * @param name of the recipe
     * @param command that makes the page
     */
    public static String html(MaskPreview preview, Recipe recipe, String name, String command) {
        return PageTemplate.fill("masks", new MaskPage(preview).content(recipe, name, command));
    }

    /** What the template names. */
    private record Content(
            String name, String command, String masking, String cut, long seed, String draws, List<Fact> facts,
            boolean small, int width, int height, List<ImageCard> cards, boolean omits,
            List<Histogram> distances, List<HeatMap> coverage, String evenness,
            boolean changes, String unchanged, List<Row> rows, List<ImageCard> changing) {}

    /** One number, what it is and what to hold it against. */
    private record Fact(String label, String value, String detail) {}

    /** The masks at one moment of the run. */
    private record Row(
            String moment, String when, String seen, String masked, String omitted,
            String cells, String pixels, String content) {}

    private Content content(Recipe recipe, String name, String command) {
        List<ImageCard> cards = preview.images().stream().map(ImageCard::masked).toList();
        return new Content(
                name, command, recipe.masking().toYaml(), cut(), recipe.run().seed(), Numbers.count(start.draws()), facts(),
                grid.width() < SMALL, grid.width(), grid.height(), cards, start.omitted() > 0,
                distances(), coverage(), evenness(),
                preview.changes(), unchanged(), rows(), changing());
    }

    private String cut() {
        return grid.rows() + " × " + grid.columns() + " cells, patches of " + grid.patchSize() + " × " + grid.patchSize()
                + " px, gap " + grid.gap() + " px" + (grid.bands() == 1 ? "" : ", " + grid.bands() + " bands");
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(count("Seen", start.visible()));
        facts.add(count("To predict", start.masked()));
        if (start.omitted() > 0) {
            facts.add(count("Omitted", start.omitted()));
        }
        facts.add(new Fact("Nearest seen patch", Numbers.decimal(start.distanceInCells().mean()) + " cells",
                "on average from a patch to predict; the farthest " + Numbers.decimal(start.distanceInCells().quantile(1))));
        facts.add(new Fact("Between borders", Numbers.decimal(start.distanceInPixels().mean()) + " px",
                "on average; " + Numbers.percent(start.distanceInPixels().share(0, 1)) + " touch a seen patch"));
        facts.add(new Fact("Content hidden", content(start), Double.isNaN(start.contentHidden())
                ? "these images are blank"
                : "of the detail, in " + Numbers.percent(start.patchesHidden()) + " of the patches"));
        facts.add(new Fact("One mask takes", Numbers.time(preview.moments().get(0).nanosPerMask()),
                "on one thread, the median of batches"));
        return facts;
    }

    private Fact count(String label, int patches) {
        String share = Numbers.percent(patches / (double) grid.size());
        return new Fact(label, patches + " of " + grid.size(), share + " of the patches");
    }

    private static String content(MaskStatistics statistics) {
        return Double.isNaN(statistics.contentHidden()) ? "none" : Numbers.percent(statistics.contentHidden());
    }

    private List<Histogram> distances() {
        return List.of(Histogram.of("in cells, middle to middle", start.distanceInCells()),
                Histogram.of("in pixels, border to border", start.distanceInPixels()));
    }

    private List<HeatMap> coverage() {
        return IntStream.range(0, grid.bands()).boxed().flatMap(band -> {
            String suffix = grid.bands() == 1 ? "" : ", band " + (band + 1);
            HeatMap seen = HeatMap.of("seen" + suffix, start.seen(), grid, band);
            return start.omitted() == 0
                    ? Stream.of(seen)
                    : Stream.of(seen, HeatMap.of("predicted" + suffix, start.predicted(), grid, band));
        }).toList();
    }

    private String evenness() {
        Coverage seen = start.seen();
        String never = switch (seen.never()) {
            case 0 -> "Every patch is seen now and then.";
            case 1 -> "One patch is never seen.";
            default -> seen.never() + " patches are never seen.";
        };
        return never + String.format(Locale.ROOT, " A patch is seen in %s to %s of the draws; the spread over the patches is %.1f"
                + " points, and chance alone would make it %.1f.", Numbers.percent(seen.least()), Numbers.percent(seen.most()),
                100 * seen.spread(), 100 * seen.spreadByChance());
    }

    private String unchanged() {
        return preview.moments().size() == 1
                ? "The run has a single step."
                : "The masks stay as they are: the same image and the same chance give the same mask at the start, in the middle"
                        + " and at the end of the run.";
    }

    private List<ImageCard> changing() {
        return preview.images().stream().limit(IMAGES_OVER_THE_RUN).map(image -> ImageCard.overTheRun(image, names())).toList();
    }

    private List<String> names() {
        return preview.moments().size() < 3
                ? List.of("at the start", "at the end")
                : List.of("at the start", "in the middle", "at the end");
    }

    private List<Row> rows() {
        return IntStream.range(0, preview.moments().size()).mapToObj(i -> {
            Moment moment = preview.moments().get(i);
            MaskStatistics masks = moment.statistics();
            Progress progress = moment.progress();
            String when = String.format(Locale.ROOT, "step %,d, epoch %.1f", progress.step() + 1, progress.epoch());
            return new Row(names().get(i), when, Numbers.count(masks.visible()), Numbers.count(masks.masked()),
                    Numbers.count(masks.omitted()), Numbers.decimal(masks.distanceInCells().mean()),
                    Numbers.decimal(masks.distanceInPixels().mean()), content(masks));
        }).toList();
    }
}
