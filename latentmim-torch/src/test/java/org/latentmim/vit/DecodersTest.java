package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.gelu;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;

/** What each decoder computes. */
class DecodersTest {

    private static final PatchGrid GRID = new PatchGrid(3, 3, 2, 0, 1);
    private static final int PREFIX = 2;
    private static final int LATENT = 8;
    private static final int TARGET = 5;
    private static final DecoderShape VISIBLE_ONLY = new DecoderShape(GRID, PREFIX, LATENT, TARGET, false);
    private static final DecoderShape ALL_TOKENS = new DecoderShape(GRID, PREFIX, LATENT, TARGET, true);
    private static final int WIDTH = 16;

    static List<Function<DecoderShape, Decoder>> withCuesAlone() {
        return List.of(
                shape -> Networks.decoder(shape, 0, true, Positions.Kind.SINE_COSINE),
                shape -> Networks.crossOnly(shape, 0, true),
                shape -> Networks.selfAttention(shape, 0, true));
    }

    /** A query may look at what was seen, so what it says of a patch does not change when others are asked for too. */
    @Test
    void crossOnlyPredictsEachPatchOnItsOwn() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Tensor seen = seen(3, 0);
            Decoder crossOnly = Networks.crossOnly(VISIBLE_ONLY, 2, true);
            Decoder crossAttention = Networks.crossAttention(VISIBLE_ONLY);
            Networks.randomDoubles(crossOnly.parameters());
            Networks.randomDoubles(crossAttention.parameters());
            assertThat(effectOfNeighbours(crossOnly, seen)).isLessThan(1e-12);
            assertThat(effectOfNeighbours(crossAttention, seen)).isGreaterThan(1e-4);
        }
    }

    /** How much the prediction of patch 4 changes when others are asked for beside it. */
    private static double effectOfNeighbours(Decoder decoder, Tensor seen) {
        Tensor one = decoder.predict(seen, ids(0, 8, 3), ids(4, 1, 2)).narrow(1, 0, 1);
        Tensor other = decoder.predict(seen, ids(0, 8, 3), ids(4, 7, 5)).narrow(1, 0, 1);
        return Networks.distance(one, other);
    }

    @Test
    void crossOnlyLooksAtWhatWasSeenAsAttentionIsWritten() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Decoder decoder = Networks.crossOnly(VISIBLE_ONLY, 1, false);
            Map<String, Tensor> tensors = Networks.randomDoubles(decoder.parameters());
            Tensor seen = seen(3, 0);
            Tensor memory = memory(tensors, seen, ids(0, 8, 3));
            Tensor x = masked(tensors, ids(4, 1));

            Tensor query = linear(tensors, "blocks.0.cross_attn.q_proj", norm(tensors, "blocks.0.norm2q", x));
            Tensor keyAndValue = linear(tensors, "blocks.0.cross_attn.kv_proj", norm(tensors, "blocks.0.norm2kv", memory));
            Tensor mixed = attended(query, keyAndValue.narrow(2, 0, WIDTH), keyAndValue.narrow(2, WIDTH, WIDTH));
            x = x.add(linear(tensors, "blocks.0.cross_attn.proj", mixed));
            x = x.add(mlp(tensors, norm(tensors, "blocks.0.norm3", x)));
            Tensor expected = linear(tensors, "head", norm(tensors, "norm", x));

            assertThat(Networks.distance(decoder.predict(seen, ids(0, 8, 3), ids(4, 1)), expected)).isLessThan(1e-10);
        }
    }

    @Test
    void selfAttentionMixesSeenAndMaskedTokensAsAttentionIsWritten() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Decoder decoder = Networks.selfAttention(VISIBLE_ONLY, 1, false);
            Map<String, Tensor> tensors = Networks.randomDoubles(decoder.parameters());
            Tensor seen = seen(3, 0);
            Tensor x = cat(new TensorVector(memory(tensors, seen, ids(0, 8, 3)), masked(tensors, ids(4, 1))), 1);

            Tensor qkv = linear(tensors, "blocks.0.attn.qkv", norm(tensors, "blocks.0.norm1", x));
            Tensor mixed = attended(qkv.narrow(2, 0, WIDTH), qkv.narrow(2, WIDTH, WIDTH), qkv.narrow(2, 2 * WIDTH, WIDTH));
            x = x.add(linear(tensors, "blocks.0.attn.proj", mixed));
            x = x.add(mlp(tensors, norm(tensors, "blocks.0.norm2", x)));
            Tensor expected = linear(tensors, "head", norm(tensors, "norm", x)).narrow(1, PREFIX + 3, 2);

            assertThat(Networks.distance(decoder.predict(seen, ids(0, 8, 3), ids(4, 1)), expected)).isLessThan(1e-10);
        }
    }

    /** As published: the mask token and the place, and the seen tokens by softmax of how their places resemble it. */
    @ParameterizedTest
    @MethodSource("withCuesAlone")
    void cuesAreTheSeenTokensNearAPatch(Function<DecoderShape, Decoder> maker) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Decoder decoder = maker.apply(VISIBLE_ONLY);
            Map<String, Tensor> tensors = Networks.randomDoubles(decoder.parameters());
            Tensor seen = seen(3, 0);
            Tensor cues = cues(tensors, linear(tensors, "embed", seen).narrow(1, PREFIX, 3), ids(0, 8, 3), ids(4, 1));
            Tensor expected = linear(tensors, "head", norm(tensors, "norm", masked(tensors, ids(4, 1)).add(cues)));
            assertThat(Networks.distance(decoder.predict(seen, ids(0, 8, 3), ids(4, 1)), expected)).isLessThan(1e-10);
        }
    }

    @ParameterizedTest
    @MethodSource("withCuesAlone")
    void cuesComeFromWhatWasSeenAndNotFromWhatTheEncoderGuessed(Function<DecoderShape, Decoder> maker) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Decoder decoder = maker.apply(ALL_TOKENS);
            Networks.randomDoubles(decoder.parameters());
            Tensor seen = seen(3, 2);
            Tensor otherGuess = changed(seen, PREFIX + 3, 2);
            Tensor otherSeen = changed(seen, PREFIX, 1);
            Tensor predicted = decoder.predict(seen, ids(0, 8, 3, 4, 1), ids(4, 1));
            assertThat(Networks.distance(decoder.predict(otherGuess, ids(0, 8, 3, 4, 1), ids(4, 1)), predicted)).isZero();
            assertThat(Networks.distance(decoder.predict(otherSeen, ids(0, 8, 3, 4, 1), ids(4, 1)), predicted))
                    .isGreaterThan(1e-3);
        }
    }

    @Test
    void attentionLooksAtTheEncodersGuessesToo() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            for (Decoder decoder : List.of(Networks.crossAttention(ALL_TOKENS), Networks.crossOnly(ALL_TOKENS, 1, false),
                    Networks.selfAttention(ALL_TOKENS, 1, false))) {
                Networks.randomDoubles(decoder.parameters());
                Tensor seen = seen(3, 2);
                Tensor predicted = decoder.predict(seen, ids(0, 8, 3, 4, 1), ids(4, 1));
                Tensor other = decoder.predict(changed(seen, PREFIX + 3, 2), ids(0, 8, 3, 4, 1), ids(4, 1));
                assertThat(Networks.distance(other, predicted)).as("%s", decoder).isGreaterThan(1e-3);
            }
        }
    }

    @Test
    void linearIsAMatrixTimesTheEncodersLatent() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Decoder decoder = Networks.linear(ALL_TOKENS);
            Map<String, Tensor> tensors = Networks.randomDoubles(decoder.parameters());
            assertThat(tensors).containsOnlyKeys("head.weight", "head.bias");
            Tensor seen = seen(3, 2);
            DoubleIndexer predicted = decoder.predict(seen, ids(0, 8, 3, 4, 1), ids(4, 1)).createIndexer();
            DoubleIndexer latents = seen.createIndexer();
            DoubleIndexer weight = tensors.get("head.weight").createIndexer();
            DoubleIndexer bias = tensors.get("head.bias").createIndexer();
            for (int m = 0; m < 2; m++) {
                for (int out = 0; out < TARGET; out++) {
                    double expected = bias.get(out);
                    for (int in = 0; in < LATENT; in++) {
                        expected += weight.get(out, in) * latents.get(0, PREFIX + 3 + m, in);
                    }
                    assertThat(predicted.get(0, m, out)).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    @Test
    void linearAndMlpStartFromCuesIfTheEncoderLeavesHiddenPatchesOut() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            for (Decoder decoder : List.of(Networks.linear(VISIBLE_ONLY), Networks.mlp(VISIBLE_ONLY, 2))) {
                Map<String, Tensor> tensors = Networks.randomDoubles(decoder.parameters());
                Tensor seen = seen(3, 0);
                Tensor x = masked(tensors, ids(4, 1))
                        .add(cues(tensors, seen.narrow(1, PREFIX, 3), ids(0, 8, 3), ids(4, 1)));
                for (int layer = 0; tensors.containsKey("layers." + layer + ".weight"); layer++) {
                    x = gelu(linear(tensors, "layers." + layer, x));
                }
                Tensor expected = linear(tensors, "head", x);
                assertThat(Networks.distance(decoder.predict(seen, ids(0, 8, 3), ids(4, 1)), expected)).isLessThan(1e-10);
            }
        }
    }

    @Test
    void mlpHasAsManyHiddenLayersAsAskedFor() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(Networks.mlp(ALL_TOKENS, 2).parameters().all()).containsOnlyKeys("layers.0.weight", "layers.0.bias",
                    "layers.1.weight", "layers.1.bias", "head.weight", "head.bias");
            assertThat(Networks.mlp(ALL_TOKENS, 2).parameters().count())
                    .isEqualTo((LATENT * 24 + 24) + (24 * 24 + 24) + (24 * TARGET + TARGET));
        }
    }

    @Test
    void refuseNumbersOutOfRange() {
        Positions.Kind frozen = Positions.Kind.SINE_COSINE;
        assertThatIllegalArgumentException().isThrownBy(() -> new CrossOnlyDecoder.Config(0, 1, 4, 4, true, frozen))
                .withMessage("width must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new SelfAttentionDecoder.Config(8, -1, 4, 4, true, frozen))
                .withMessage("depth must be at least 0, but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new SelfAttentionDecoder.Config(8, 1, 4, 0, true, frozen))
                .withMessage("mlp-ratio must be more than 0, but is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new MlpDecoder.Config(0, 4, frozen))
                .withMessage("depth must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new MlpDecoder.Config(1, 0, frozen))
                .withMessage("width must be at least 1, but is 0");
    }

    /** Latents of two prefix tokens, visible patches and hidden ones, {@code [1, 2 + V + M, 8]}. */
    private static Tensor seen(int visible, int hidden) {
        return Networks.normal(7, ScalarType.Double, 1, PREFIX + visible + hidden, LATENT);
    }

    private static Tensor changed(Tensor seen, int from, int count) {
        Tensor changed = seen.clone();
        changed.narrow(1, from, count).mul_(new Scalar(-1));
        return changed;
    }

    private static Tensor places(Map<String, Tensor> tensors, Tensor ids) {
        return tensors.get("pos_embed.pos_embeds").index_select(0, ids.flatten().add(new Scalar(1))).unsqueeze(0);
    }

    private static Tensor masked(Map<String, Tensor> tensors, Tensor ids) {
        return places(tensors, ids).add(tensors.get("mask_token"));
    }

    private static Tensor memory(Map<String, Tensor> tensors, Tensor seen, Tensor ids) {
        Tensor embedded = linear(tensors, "embed", seen);
        Tensor ofPrefix = tensors.get("pos_embed.pos_embeds").narrow(0, 0, 1).unsqueeze(0);
        return cat(new TensorVector(embedded.narrow(1, 0, PREFIX).add(ofPrefix),
                embedded.narrow(1, PREFIX, ids.size(1)).add(places(tensors, ids))), 1);
    }

    private static Tensor cues(Map<String, Tensor> tensors, Tensor tokens, Tensor seenIds, Tensor maskedIds) {
        Tensor products = places(tensors, maskedIds).matmul(places(tensors, seenIds).transpose(1, 2));
        return products.div(new Scalar(Math.sqrt(tokens.size(2)))).softmax(-1).matmul(tokens);
    }

    private static Tensor linear(Map<String, Tensor> tensors, String name, Tensor x) {
        return x.matmul(tensors.get(name + ".weight").t()).add(tensors.get(name + ".bias"));
    }

    private static Tensor norm(Map<String, Tensor> tensors, String name, Tensor x) {
        Tensor centred = x.sub(x.mean(new long[] {-1}, true, null));
        Tensor variance = centred.square().mean(new long[] {-1}, true, null);
        Tensor standard = centred.div(variance.add(new Scalar(1e-6)).sqrt());
        return standard.mul(tensors.get(name + ".weight")).add(tensors.get(name + ".bias"));
    }

    private static Tensor mlp(Map<String, Tensor> tensors, Tensor x) {
        return linear(tensors, "blocks.0.mlp.fc2", gelu(linear(tensors, "blocks.0.mlp.fc1", x)));
    }

    /** Four heads of four numbers. */
    private static Tensor attended(Tensor queries, Tensor keys, Tensor values) {
        TensorVector heads = new TensorVector();
        for (int from = 0; from < WIDTH; from += 4) {
            Tensor products = queries.narrow(2, from, 4).matmul(keys.narrow(2, from, 4).transpose(1, 2));
            heads.push_back(products.div(new Scalar(2)).softmax(-1).matmul(values.narrow(2, from, 4)));
        }
        return cat(heads, 2);
    }

    private static Tensor ids(long... ids) {
        return AbstractTensor.create(ids, 1, ids.length);
    }
}
