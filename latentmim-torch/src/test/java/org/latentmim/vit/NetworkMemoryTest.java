package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bytedeco.pytorch.global.torch.arange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.MaskedPatches;

/** A step of the networks returns all the memory that it takes. */
class NetworkMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int IMAGES = 8;
    private static final PatchGrid GRID = new PatchGrid(4, 4, 2, 0, 3);
    private static final long MEBIBYTES = 2 << 20;

    private final VisionTransformer encoder = Networks.encoder(GRID, EncoderPositions.Kind.LEARNED, 2);
    private final CrossAttentionDecoder decoder =
            Networks.decoder(new DecoderShape(GRID, 1, 16, 16, false), 1, true, Positions.Kind.SINE_COSINE);

    /**
     * The Java heap takes pages too until it has touched all that it uses, so growth is measured round by round until a round is
     * flat. A leak never is: a single tensor a step would be 4 mebibytes a round.
     */
    @Test
    void hundredsOfStepsLeaveNothingBehind() throws IOException {
        assumeThat(STATUS).exists();
        repeat(200);
        long pointers = Pointer.totalCount();
        List<Long> growth = new ArrayList<>();
        do {
            long before = resident();
            repeat(500);
            growth.add(resident() - before);
        } while (growth.get(growth.size() - 1) >= MEBIBYTES && growth.size() < 10);
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
        assertThat(growth).as("growth in bytes, round by round").last().satisfies(last -> assertThat(last).isLessThan(MEBIBYTES));
    }

    private void repeat(int steps) {
        for (int i = 0; i < steps; i++) {
            try (PointerScope scope = new PointerScope()) {
                MaskedPatches patches = new MaskedPatches(
                        Networks.normal(i, ScalarType.Float, IMAGES, GRID.size(), GRID.valuesPerPatch()), ids(0, 4), ids(4, 12),
                        ids(0, 0));
                Tensor seen = encoder.encode(patches.visible());
                decoder.predict(seen, patches.visibleIds(), patches.maskedIds()).square().mean().backward();
            }
        }
    }

    private static Tensor ids(int from, int count) {
        return arange(new Scalar(from), new Scalar(from + count)).to(ScalarType.Long).expand(IMAGES, count);
    }

    private static long resident() throws IOException {
        String line = Files.readAllLines(STATUS).stream().filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
    }
}
