package org.latentmim.eval;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Parameters;
import org.latentmim.train.Treatment;

/**
 * Lower learning rates for earlier layers, as MAE fine-tunes: layer 0 is what stands before the blocks, such as patch embedding,
 * positions and class token, block k is layer k + 1, and the rest is the last layer, with the full rate. Matrices decay, tokens
 * and positions do not. Layers are told by the names {@code blocks.0.}, {@code blocks.1.} and their order.
 *
 * @param decay by which the rate is multiplied from a layer to the one before
 * @param layers the last layer's number
 * @param layerOf the layer of each tensor of the encoder, by name; what is not in it is of the last one
 */
record LayerDecay(double decay, int layers, Map<String, Integer> layerOf) {

    private static final Pattern BLOCK = Pattern.compile("(?:.*\\.)?blocks\\.(\\d+)\\..*");

    static LayerDecay of(double decay, Parameters encoder) {
        Map<String, Integer> layerOf = new HashMap<>();
        int last = 0;
        for (String name : encoder.all().keySet()) {
            Matcher block = BLOCK.matcher(name);
            if (block.matches()) {
                int layer = Integer.parseInt(block.group(1)) + 1;
                layerOf.put(name, layer);
                last = Math.max(last, layer);
            } else if (last == 0) {
                layerOf.put(name, 0);
            }
        }
        return new LayerDecay(decay, last + 1, layerOf);
    }

    Treatment treatment(String name, Tensor weight) {
        boolean decays = weight.dim() > 1 && !name.contains("token") && !name.contains("pos_embed");
        return new Treatment(decays, Math.pow(decay, layers - layerOf.getOrDefault(name, layers)));
    }
}
