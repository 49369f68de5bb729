package org.latentmim.pictures;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Numbers of tensors on the Java heap. */
final class Doubles {

    private Doubles() {}

    static double[] of(Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        tensor.to(ScalarType.Double).cpu().contiguous().data_ptr_double().get(values);
        return values;
    }

    /** Returns the rows of a matrix. */
    static double[][] rows(Tensor matrix) {
        double[] values = of(matrix);
        int columns = (int) matrix.size(1);
        double[][] rows = new double[(int) matrix.size(0)][columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, i * columns, rows[i], 0, columns);
        }
        return rows;
    }
}
