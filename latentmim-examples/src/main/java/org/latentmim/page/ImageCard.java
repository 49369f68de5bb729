package org.latentmim.page;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.latentmim.patch.PatchMask;
import org.latentmim.pictures.Painter;
import org.latentmim.pictures.Png;
import org.latentmim.preview.CutImage;
import org.latentmim.preview.MaskPreview.MaskedImage;

/** Pictures of one image, a line of them for each band. */
record ImageCard(String title, List<Line> lines) {

    /**
     * Pictures of one band.
     *
     * @param band its name, empty where it is the only one
     */
    record Line(String band, List<Picture> pictures) {}

    /** A picture, the words in its place and the words below it. */
    record Picture(String source, String alt, String caption) {

        Picture(BufferedImage picture, String alt, String caption) {
            this(DataUri.ofPng(Png.of(picture)), alt, caption);
        }
    }

    /** Shows the image, what is seen of it and what must be predicted. */
    static ImageCard masked(MaskedImage masked) {
        PatchMask mask = masked.masks().get(0);
        return of(masked.image(), (painter, what) -> List.of(
                new Picture(painter.whole(), what + " after the crop", "after the crop"),
                new Picture(painter.seen(mask), "the patches of " + what + " that are seen", "seen"),
                new Picture(painter.predicted(mask), "the patches of " + what + " that must be predicted", "to predict")));
    }

    /** Shows what is seen of the image at each of a few moments, which have names. */
    static ImageCard overTheRun(MaskedImage masked, List<String> moments) {
        return of(masked.image(), (painter, what) -> IntStream.range(0, moments.size())
                .mapToObj(i -> new Picture(painter.seen(masked.masks().get(i)),
                        "the patches of " + what + " that are seen " + moments.get(i), moments.get(i)))
                .toList());
    }

    private static ImageCard of(CutImage image, BiFunction<Painter, String, List<Picture>> paint) {
        int bands = image.grid().bands();
        return new ImageCard(image.id(), IntStream.range(0, bands)
                .mapToObj(band -> {
                    String name = bands == 1 ? "" : "band " + (band + 1);
                    String what = bands == 1 ? image.id() : image.id() + ", " + name + ",";
                    return new Line(name, paint.apply(new Painter(image, band), what));
                })
                .toList());
    }
}
