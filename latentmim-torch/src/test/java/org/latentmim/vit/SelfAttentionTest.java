package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.Parameters;

class SelfAttentionTest {

    /** With weights known, the first token's output is known too. */
    @Test
    void mixesTheValuesByTheWeightsThatItTells() {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            SelfAttention attention = new SelfAttention(parameters, "attn", 8, 2);
            Map<String, Tensor> tensors = Networks.randomDoubles(parameters);
            Tensor x = Networks.normal(1, ScalarType.Double, 3, 5, 8);
            Rotation mirror = new Rotation(List.of(), heads -> heads.flip(3).mul(heads.sign()));

            Tensor weights = attention.ofFirst(x, mirror); // [3, 2, 5]
            assertThat(weights.sum(2).min().item_double()).isCloseTo(1, within(1e-12));
            assertThat(weights.sum(2).max().item_double()).isCloseTo(1, within(1e-12));

            Tensor values = x.matmul(tensors.get("attn.qkv.weight").narrow(0, 16, 8).t())
                    .add(tensors.get("attn.qkv.bias").narrow(0, 16, 8));
            TensorVector mixed = new TensorVector();
            for (int head = 0; head < 2; head++) {
                mixed.push_back(weights.narrow(1, head, 1).matmul(values.narrow(2, 4 * head, 4))); // [3, 1, 4]
            }
            Tensor expected = torch.cat(mixed, 2).matmul(tensors.get("attn.proj.weight").t()).add(tensors.get("attn.proj.bias"));
            assertThat(Networks.distance(attention.of(x, mirror).narrow(1, 0, 1), expected)).isLessThan(1e-12);
        }
    }
}
