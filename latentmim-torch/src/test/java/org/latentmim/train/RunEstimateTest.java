package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.MaskedPatches;

class RunEstimateTest {

    /** Width 16, hidden 64, projector 16 to 24 to 16, patches of 48 values on a grid of 12; decoder of width 12, hidden 48. */
    @Test
    void countsTheNetworksOfARecipe() {
        TinyModel tiny = TinyModel.with();
        RunEstimate estimate;
        try (PointerScope scope = new PointerScope()) {
            MaskedPatches patches = tiny.reader().masked(tiny.batch(), TinyModel.START);
            estimate = RunEstimate.of(tiny.model(), patches, tiny.assembly().recipe().train());
        }

        long positions = 13 * 16;
        long block = 12 * 16 * 16 + 13 * 16;
        long projector = 16 * 24 + 2 * 24 + 24 * 16 + 2 * 16;
        long encoder = 48 * 16 + 16 + positions + 16 + 2 * block + 2 * 16 + projector;
        long positionsOfDecoder = 13 * 12;
        long attention = 4 * 12 * 12 + 4 * 12;
        long decoderBlock = 2 * attention + 8 * 12 * 12 + 5 * 12 + 4 * 2 * 12;
        long decoder = 16 * 12 + 12 + positionsOfDecoder + 2 * 12 + decoderBlock + 2 * 12 + 12 * 16 + 16;
        assertThat(estimate.parameters().get("encoder")).isEqualTo(encoder);
        assertThat(estimate.parameters().get("decoder")).isEqualTo(decoder);
        assertThat(estimate.parameters().get("target_encoder")).isEqualTo(encoder);
        assertThat(estimate.parameters()).hasSize(3);
        assertThat(estimate.visible()).isEqualTo(4);
        assertThat(estimate.masked()).isEqualTo(8);
        long learning = encoder - positions + decoder - positionsOfDecoder;
        assertThat(estimate.weightBytes()).isEqualTo(4 * (4 * learning + positions + positionsOfDecoder + encoder));
        assertThat(estimate.checkpointBytes()).isEqualTo(4 * (2 * encoder + decoder + 2 * learning));

        long perTokenOfEncoder = (48 + 16) + 2 * (4 * 16 + 2 * 16 + 2 * (16 + 64)) + 2 * (16 + 24);
        long perTokenOfDecoder = (16 + 12) + (4 * 12 + 2 * 12) + (2 * 12 + 3 * 12 + 2 * 12) + 2 * (12 + 48) + (12 + 16);
        assertThat(estimate.activationBytes()).isEqualTo(4 * 4 * (5 * perTokenOfEncoder + 9 * perTokenOfDecoder));
    }
}
