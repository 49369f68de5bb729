package org.latentmim.bench;

import static org.bytedeco.pytorch.global.torch.randn;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.latentmim.bench.Measurement.Unit;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Products;

/**
 * The speed of one large matrix product, by who multiplies in the networks: about what the machine can do in the precision of a
 * run.
 */
public final class MatrixProduct {

    private static final int SIDE = 2048;
    private static final int SIDE_ON_GPU = 8192;
    private static final int PRODUCTS = 7;

    private MatrixProduct() {}

    /** Returns the side of the two matrices. */
    public static int side(Compute compute) {
        return compute.onGpu() ? SIDE_ON_GPU : SIDE;
    }

    /** Measures a few products, after one that is not counted. */
    public static Measurement measure(Compute compute) {
        int side = side(compute);
        double[] gigaflops = new double[PRODUCTS];
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Tensor a = inPrecision(randn(1, side, side), compute);
            Tensor b = inPrecision(randn(side, side), compute);
            TensorOptional none = new TensorOptional();
            for (int i = -1; i < PRODUCTS; i++) {
                DeviceQueue.await(compute);
                long began = System.nanoTime();
                try (PointerScope product = new PointerScope()) {
                    Products.of(a, b, none);
                    DeviceQueue.await(compute);
                }
                if (i >= 0) {
                    gigaflops[i] = Flops.matrices(1, side, side, side, 0).all() / (System.nanoTime() - began);
                }
            }
        }
        return Measurement.of("matrix product", Unit.GIGAFLOPS, gigaflops);
    }

    /** Makes of a matrix what a product in a network is made of. */
    private static Tensor inPrecision(Tensor matrix, Compute compute) {
        Tensor placed = compute.place(matrix.to(compute.type()));
        try (Autocast precision = compute.autocast()) {
            Tensor corner = placed.flatten().narrow(0, 0, 1).view(1, 1);
            return placed.to(corner.matmul(corner).scalar_type());
        }
    }
}
