package org.latentmim.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.pipeline.BuiltInRecipes;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeReader;
import org.latentmim.preview.CutImage;
import org.latentmim.preview.MaskPreview;
import org.latentmim.preview.MaskPreview.MaskedImage;
import org.latentmim.preview.MaskPreview.Moment;
import org.latentmim.preview.MaskStatistics;
import org.latentmim.spi.Progress;

class MaskPageTest {

    private static final PatchGrid BANDS = new PatchGrid(1, 3, 2, 1, 2, 2);

    @Test
    void showsBandsOmittedPatchesAndHowTheMaskChanges() {
        int[] order = {0, 4, 1, 2, 3, 5};
        String page = page("a.tif", PatchMask.ofOrder(order, 2, 3), PatchMask.ofOrder(order, 1, 3));
        assertThat(page).contains("<dt>Omitted</dt><dd>1 of 6</dd><dd>16.7% of the patches</dd>", "Stripes\nmark patches",
                "1 × 3 cells, patches of 2 × 2 px, gap 1 px, 2 bands", "<p class=\"band\">band 2</p>",
                "alt=\"a.tif, band 1, after the crop\"", "a patch is predicted, band 2, in %",
                "<tr><th scope=\"row\">at the start <small>step 1, epoch 0.0</small></th><td>2</td><td>3</td><td>1</td>",
                "<tr><th scope=\"row\">at the end <small>step 10, epoch 0.9</small></th><td>1</td><td>3</td><td>2</td>",
                "alt=\"the patches of a.tif, band 2, that are seen at the end\"").doesNotContain("The masks stay as they are");
        assertThat(Pattern.compile("<img ").matcher(page).results().count())
                .as("three pictures of two bands, and two moments of them").isEqualTo(3 * 2 + 2 * 2);
    }

    @Test
    void writesNamesAsTextWhateverIsInThem() {
        PatchMask mask = PatchMask.ofOrder(new int[] {0, 1, 2, 3, 4, 5}, 3);
        assertThat(page("<b>\"&.tif", mask, mask)).contains("<h3>&lt;b&gt;&quot;&amp;.tif</h3>").doesNotContain("<b>\"&");
    }

    private static String page(String id, PatchMask start, PatchMask end) {
        CutImage image = new CutImage(BANDS, id, new byte[3 * 9 * 2], new int[6]);
        List<Moment> moments = List.of(moment(0, image, start), moment(9, image, end));
        MaskPreview preview =
                new MaskPreview(BANDS, List.of(new MaskedImage(image, List.of(start, end))), moments, !start.equals(end));
        BuiltInRecipes recipes = BuiltInRecipes.onClassPath(MaskPageTest.class.getClassLoader(), List.of("quickstart"));
        Recipe recipe = new RecipeReader(Catalogue.find(), recipes).read("quickstart", List.of());
        return MaskPage.html(preview, recipe, "quickstart", "latentmim preview quickstart");
    }

    private static Moment moment(int step, CutImage image, PatchMask mask) {
        MaskStatistics statistics = new MaskStatistics(BANDS);
        statistics.add(image, mask);
        return new Moment(new Progress(step, 10, step / 10.0, 1, 4), statistics, 1500);
    }
}
