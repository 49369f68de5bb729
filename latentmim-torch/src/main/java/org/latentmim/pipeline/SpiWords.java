package org.latentmim.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.TargetUpdater;

/** What people call the interfaces that a plugin can implement, in the order of a recipe. */
final class SpiWords {

    static final Map<Class<?>, String> ALL;

    static {
        Map<Class<?>, String> words = new LinkedHashMap<>();
        words.put(ImageSet.class, "image set");
        words.put(MaskSampler.class, "mask sampler");
        words.put(Encoder.class, "encoder");
        words.put(Decoder.class, "decoder");
        words.put(TargetUpdater.class, "target");
        words.put(ReconstructionLoss.class, "loss");
        words.put(Evaluator.class, "evaluator");
        words.put(MetricSink.class, "metric sink");
        ALL = Collections.unmodifiableMap(words);
    }

    private SpiWords() {}

    static String of(Class<?> spi) {
        return ALL.get(spi);
    }

    static String withArticle(Class<?> spi) {
        return ("aeiou".indexOf(of(spi).charAt(0)) < 0 ? "a " : "an ") + of(spi);
    }
}
