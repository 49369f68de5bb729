package org.latentmim.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;

/** Where the class token looks in the last block: the mean of the heads, and each of them. */
final class AttentionPictures {

    private static final int MOST_IN_A_ROW = 4;
    private static final double BRIGHTEST = 0.99; // quantile: a few patches that take all would leave the rest black

    private AttentionPictures() {}

    /** Paints nothing if the encoder has no class token. */
    static void paint(Album album, List<Scene> scenes, Scenes encoders, Compute compute) throws IOException {
        for (Scene scene : scenes) {
            Tensor attention; // [heads, N]
            try (Autocast precision = compute.autocast()) {
                attention = encoders.encoder(scene).attention(scene.shown()).squeeze(0);
            } catch (UnsupportedOperationException e) {
                return;
            }
            int heads = (int) attention.size(0);
            int cells = scene.grid().cells();
            Tensor byHead = attention.view(heads, attention.size(1) / cells, cells).sum(1); // bands share a cell
            List<BufferedImage> panels = new ArrayList<>(List.of(scene.photo(), map(scene, Doubles.of(byHead.mean(0)))));
            Arrays.stream(Doubles.rows(byHead)).map(head -> map(scene, head)).forEach(panels::add);
            album.add(scene.file("attention"), "Attention", scene.name(),
                    "The image; where the class token of the last block looks, the mean of its " + heads + " heads; then head by"
                            + " head. Brighter is more, each map on a scale of its own.", Panels.table(panels, MOST_IN_A_ROW));
        }
    }

    private static BufferedImage map(Scene scene, double[] attention) {
        double[] sorted = attention.clone();
        Arrays.sort(sorted);
        double high = sorted[(int) (BRIGHTEST * (sorted.length - 1))];
        return Panels.cells(scene.grid(), id -> Colors.scale(attention[id], sorted[0], high));
    }
}
