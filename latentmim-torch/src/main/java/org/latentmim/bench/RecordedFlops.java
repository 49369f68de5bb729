package org.latentmim.bench;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Edge;
import org.bytedeco.pytorch.Node;
import org.bytedeco.pytorch.SymIntArrayRef;
import org.bytedeco.pytorch.Tensor;

/**
 * Counts the matrix products that made a tensor, from what torch records to find gradients: each operation with the shape of what
 * it says, and which of its inputs have a gradient. Whatever a component is made of is counted, without its help.
 */
final class RecordedFlops {

    private final Set<Long> seen = new HashSet<>();
    private final Deque<Node> open = new ArrayDeque<>();

    private RecordedFlops() {}

    /** Counts what was recorded since the leaves: weights and images. What several tensors share is counted once. */
    static Flops of(Tensor... made) {
        try (PointerScope scope = new PointerScope()) {
            RecordedFlops walk = new RecordedFlops();
            for (Tensor tensor : made) {
                Node last = tensor.grad_fn();
                if (last != null && !last.isNull()) {
                    walk.open(last);
                }
            }
            Flops sum = Flops.NONE;
            while (!walk.open.isEmpty()) {
                sum = sum.plus(walk.visit(walk.open.pop()));
            }
            return sum;
        }
    }

    private void open(Node node) {
        if (seen.add(node.address())) {
            open.push(node);
        }
    }

    private Flops visit(Node node) {
        int inputs = node.num_outputs(); // what goes in on the way forward comes out on the way back
        for (int i = 0; i < inputs; i++) {
            Edge edge = node.next_edge(i);
            if (edge.is_valid()) {
                open(edge.function());
            }
        }
        String operation = node.name().getString().replaceFirst("Backward\\d+$", "");
        return switch (operation) {
            case "Mm", "Bmm" -> matrices(node, 0);
            case "Addmm", "Baddbmm" -> matrices(node, 1);
            case "Convolution" -> convolution(node);
            case "ScaledDotProductFlashAttentionForCpu", "ScaledDotProductFlashAttention", "ScaledDotProductEfficientAttention",
                    "ScaledDotProductCudnnAttention" -> attention(node);
            default -> Flops.NONE;
        };
    }

    /** The factors are two inputs that follow each other. */
    private static Flops matrices(Node node, int first) {
        Edge left = node.next_edge(first);
        Edge right = node.next_edge(first + 1);
        long[] product = shape(node, 0);
        int last = product.length - 1;
        long inner = left.is_valid() ? shape(left, node)[last] : shape(right, node)[last - 1];
        return Flops.matrices(
                last == 2 ? product[0] : 1, product[last - 1], inner, product[last], gradient(left) + gradient(right));
    }

    /** Each value that it says is a product with a kernel; one without a gradient is of 1 x 1, as a product of tokens has. */
    private static Flops convolution(Node node) {
        Edge image = node.next_edge(0);
        Edge kernels = node.next_edge(1);
        long[] said = shape(node, 0);                                       // [B, out, ...]
        long inner = kernels.is_valid()
                ? Arrays.stream(shape(kernels, node)).skip(1).reduce(1, Math::multiplyExact)  // [out, in, ...]
                : shape(image, node)[1];
        long places = Arrays.stream(said).reduce(1, Math::multiplyExact) / said[1];
        return Flops.matrices(1, places, inner, said[1], gradient(image) + gradient(kernels));
    }

    /** 1 if what comes this way has a gradient. */
    private static int gradient(Edge edge) {
        return edge.is_valid() ? 1 : 0;
    }

    /** Fused kernels take queries, keys and values of one width. */
    private static Flops attention(Node node) {
        Edge queries = node.next_edge(0);
        Edge keys = node.next_edge(1);
        Edge values = node.next_edge(2);
        long[] said = shape(node, 0);                                       // [B, heads, Q, D]
        long count = shape(keys.is_valid() ? keys : values, node)[2];       // [B, heads, K, D]
        return Flops.attention(
                said[0] * said[1], said[2], count, said[3], gradient(queries), gradient(keys), gradient(values));
    }

    private static long[] shape(Edge edge, Node user) {
        if (!edge.is_valid()) {
            throw new IllegalStateException(user.name().getString() + " of " + Arrays.toString(shape(user, 0))
                    + " cannot be counted: torch keeps no shape of what has no gradient");
        }
        return shape(edge.function(), edge.input_nr());
    }

    private static long[] shape(Node node, int output) {
        SymIntArrayRef sizes = node.input_metadata(output).shape_as_dim_vector();
        long[] shape = new long[(int) sizes.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sizes.at(i).expect_int();
        }
        return shape;
    }
}
