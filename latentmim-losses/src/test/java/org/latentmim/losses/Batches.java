package org.latentmim.losses;

import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.Tensors;

/** Small batches to compute losses of by hand. What is made lives in the caller's scope. */
final class Batches {

    private Batches() {}

    /** One image of patches, {@code [1, N, D]}. */
    static Tensor image(double[]... patches) {
        return rows(patches).unsqueeze(0);
    }

    /** Images of one patch each, {@code [B, 1, D]}. */
    static Tensor images(double[]... latents) {
        return rows(latents).unsqueeze(1);
    }

    static double[] latent(double... channels) {
        return channels;
    }

    static double loss(ReconstructionLoss loss, Tensor predicted, Tensor targets) {
        return loss.loss(new Reconstruction(predicted, targets, targets), Tensors.START).item_double();
    }

    /** The loss of visible latents, for one that looks at nothing else. */
    static double loss(ReconstructionLoss loss, Tensor visible) {
        return loss(loss, visible, Tensors.START);
    }

    static double loss(ReconstructionLoss loss, Tensor visible, Progress progress) {
        return loss.loss(new Reconstruction(null, null, visible), progress).item_double();
    }

    static Tensor normal(long seed, long... shape) {
        return Tensors.normal(seed, ScalarType.Double, shape);
    }

    /** The numbers of {@code [n, D]}. */
    static double[][] numbers(Tensor rows) {
        double[][] numbers = new double[(int) rows.size(0)][(int) rows.size(1)];
        Tensor wide = rows.detach().to(ScalarType.Double).contiguous();
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < numbers[i].length; j++) {
                numbers[i][j] = wide.data_ptr_double().get((long) i * numbers[i].length + j);
            }
        }
        return numbers;
    }

    static Tensor rows(double[]... rows) {
        double[] all = new double[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
        }
        return AbstractTensor.create(all, rows.length, rows[0].length);
    }
}
