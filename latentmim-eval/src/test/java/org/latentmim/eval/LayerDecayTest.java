package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.ones;

import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.spi.Parameters;
import org.latentmim.train.Treatment;

class LayerDecayTest {

    /** MAE's rule for 12 blocks: 13 layers after layer 0, so the patch embedding has the rate times 0.65^13. */
    @ParameterizedTest
    @CsvSource({
            "embed.proj.weight, 2, 13, true", "embed.proj.bias, 1, 13, false", "pos_embed.pos_embeds, 2, 13, false",
            "cls_token, 3, 13, false", "register_tokens, 3, 13, false", "blocks.0.attn.qkv.weight, 2, 12, true",
            "blocks.10.mlp.fc1.bias, 1, 2, false", "blocks.11.mlp.fc1.weight, 2, 1, true", "norm.weight, 1, 0, false",
            "fc_norm.weight, 1, 0, false", "head.weight, 2, 0, true"})
    void multipliesTheRateForEachLayerBelowTheLast(String name, int axes, int below, boolean decays) {
        try (PointerScope scope = new PointerScope()) {
            Parameters encoder = new Parameters();
            encoder.learn("embed.proj.weight", ones(2, 2));
            encoder.learn("embed.proj.bias", ones(2));
            encoder.keep("pos_embed.pos_embeds", ones(2, 2));
            encoder.learn("cls_token", ones(1, 1, 2));
            encoder.learn("register_tokens", ones(1, 4, 2));
            for (int block = 0; block < 12; block++) {
                encoder.learn("blocks." + block + ".attn.qkv.weight", ones(2, 2));
                encoder.learn("blocks." + block + ".mlp.fc1.weight", ones(2, 2));
                encoder.learn("blocks." + block + ".mlp.fc1.bias", ones(2));
            }
            encoder.learn("norm.weight", ones(2));
            Treatment treatment = LayerDecay.of(0.65, encoder).treatment(name, ones(new long[axes]));
            assertThat(treatment.share()).isCloseTo(Math.pow(0.65, below), within(1e-15));
            assertThat(treatment.decays()).isEqualTo(decays);
        }
    }

    @Test
    void takesAnEncoderWithoutBlocksForOneLayer() {
        try (PointerScope scope = new PointerScope()) {
            Parameters encoder = new Parameters();
            encoder.learn("convolution", ones(2, 2));
            assertThat(LayerDecay.of(0.5, encoder).treatment("convolution", ones(2, 2))).isEqualTo(new Treatment(true, 0.5));
            assertThat(LayerDecay.of(0.5, encoder).treatment("head.weight", ones(2, 2))).isEqualTo(new Treatment(true, 1));
        }
    }
}
