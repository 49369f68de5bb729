package org.latentmim.testing;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;
import org.latentmim.spi.TargetUpdater;

/** The smallest networks that keep the promises of their contracts: a matrix and a position for each patch. */
final class Linear {

    private Linear() {}

    static final class LinearEncoder implements Encoder {

        private static final int WIDTH = 8;

        private final Parameters parameters = new Parameters();
        private final Tensor weight;
        private final Tensor positions;

        LinearEncoder(PatchGrid grid) {
            weight = parameters.learn("weight", randn(grid.valuesPerPatch(), WIDTH));
            positions = parameters.learn("positions", randn(grid.size(), WIDTH));
        }

        @Override
        public Tensor encode(Patches patches) {
            Tensor tokens = patches.values().matmul(weight).add(at(positions, patches.ids()));
            return cat(new TensorVector(tokens.mean(new long[] {1}, true, null), tokens), 1);
        }

        @Override
        public List<Tensor> blocks(Patches patches, int last) {
            return Stream.generate(() -> encode(patches)).limit(last).toList();
        }

        @Override
        public int prefixTokens() {
            return 1;
        }

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }
    }

    static final class LinearDecoder implements Decoder {

        private final Parameters parameters = new Parameters();
        private final Tensor weight;
        private final Tensor positions;

        LinearDecoder(DecoderShape shape) {
            weight = parameters.learn("weight", randn(shape.visibleWidth(), shape.targetWidth()));
            positions = parameters.learn("positions", randn(shape.grid().size(), shape.targetWidth()));
        }

        @Override
        public Tensor predict(Tensor visible, Tensor visibleIds, Tensor maskedIds) {
            return visible.mean(new long[] {1}, true, null).matmul(weight).add(at(positions, maskedIds));
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }
    }

    /** Targets that an encoder of its own makes, which never changes. */
    record FrozenTarget(Encoder network) implements TargetUpdater {

        FrozenTarget {
            network.parameters().learning().values().forEach(weight -> weight.set_requires_grad(false));
        }

        @Override
        public void update(Progress progress) {
            // frozen: nothing to follow
        }

        @Override
        public Tensor targets(MaskedPatches patches) {
            try (NoGradGuard frozen = new NoGradGuard()) {
                return network.encode(patches.masked()).narrow(1, network.prefixTokens(), patches.maskedIds().size(1));
            }
        }

        @Override
        public int width() {
            return network.width();
        }

        @Override
        public Parameters parameters() {
            return network.parameters();
        }
    }

    private static Tensor at(Tensor positions, Tensor ids) {
        return positions.index_select(0, ids.flatten()).view(ids.size(0), ids.size(1), -1);
    }
}
