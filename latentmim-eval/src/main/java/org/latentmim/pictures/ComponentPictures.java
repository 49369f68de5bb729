package org.latentmim.pictures;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.nonzero;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The first three principal components of patch features as red, green and blue: of each image for itself (CAPI), and of all
 * images together after their background was found by the first component and left out (DINOv2).
 */
final class ComponentPictures {

    private static final double CLIP = 2.3; // deviations
    private static final int SHOWN = 3;

    private ComponentPictures() {}

    static void paint(Album album, List<Scene> scenes) throws IOException {
        List<double[][]> together = together(scenes);
        for (int i = 0; i < scenes.size(); i++) {
            Scene scene = scenes.get(i);
            double[][] own = Doubles.rows(PrincipalComponents.whitened(scene.features(), SHOWN));
            album.add(scene.file("components"), "Principal components", scene.name(),
                    "The image; the three main directions of its patches' features as red, green and blue; the same for all"
                            + " images together, without what the first direction says is background.",
                    Panels.row(List.of(scene.photo(), map(scene, own), map(scene, together.get(i)))));
        }
    }

    /** Paints one patch for each row; one without numbers is left out. */
    private static BufferedImage map(Scene scene, double[][] components) {
        return Panels.cells(scene.grid(), id -> {
            double[] c = components[id];
            return c == null ? 0 : Colors.of(share(c, 0), share(c, 1), share(c, 2));
        });
    }

    private static double share(double[] components, int i) {
        return i < components.length ? 0.5 + components[i] / (2 * CLIP) : 0.5;
    }

    /** Returns the components of each scene's patches, nothing in place of the background. */
    private static List<double[][]> together(List<Scene> scenes) {
        Tensor all = cat(new TensorVector(scenes.stream().map(Scene::features).toArray(Tensor[]::new)), 0);
        Tensor first = PrincipalComponents.whitened(all, 1).squeeze(1);
        Tensor border = cat(new TensorVector(scenes.stream().map(ComponentPictures::isBorder).toArray(Tensor[]::new)), 0);
        boolean borderIsHigh = first.mul(border).sum().item_double() > 0;
        Tensor foreground = nonzero((borderIsHigh ? first.neg() : first).gt(new Scalar(0))).squeeze(1);
        double[][] found = Doubles.rows(PrincipalComponents.whitened(all.index_select(0, foreground), SHOWN));
        double[] ids = Doubles.of(foreground);
        double[][] byPatch = new double[(int) all.size(0)][];
        for (int i = 0; i < ids.length; i++) {
            byPatch[(int) ids[i]] = found[i];
        }
        int[] start = {0};
        return scenes.stream()
                .map(scene -> Arrays.copyOfRange(byPatch, start[0], start[0] += scene.grid().cells()))
                .toList();
    }

    /** The middle of an image is seldom background, its border often. */
    private static Tensor isBorder(Scene scene) {
        double[] border = new double[scene.grid().cells()];
        Arrays.setAll(border, id -> {
            int row = scene.grid().row(id);
            int column = scene.grid().column(id);
            boolean edge = row == 0 || column == 0 || row == scene.grid().rows() - 1 || column == scene.grid().columns() - 1;
            return edge ? 1 : 0;
        });
        return AbstractTensor.create(border);
    }
}
