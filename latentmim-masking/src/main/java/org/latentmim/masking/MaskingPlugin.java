package org.latentmim.masking;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Plugin;

/** The mask samplers of the framework. */
public final class MaskingPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                sampler("random", RandomMaskSampler.class, RandomMaskSampler.Config.class),
                sampler("block", BlockMaskSampler.class, BlockMaskSampler.Config.class),
                sampler("inverse-block", InverseBlockMaskSampler.class, InverseBlockMaskSampler.Config.class),
                sampler("multi-block", MultiBlockMaskSampler.class, MultiBlockMaskSampler.Config.class),
                sampler("grid", GridMaskSampler.class, GridMaskSampler.Config.class),
                sampler("prefix", PrefixMaskSampler.class, PrefixMaskSampler.Config.class),
                sampler("row", RowMaskSampler.class, RowMaskSampler.Config.class),
                sampler("gapped", GappedMaskSampler.class, GappedMaskSampler.Config.class),
                sampler("content", ContentMaskSampler.class, ContentMaskSampler.Config.class),
                sampler("attention", AttentionMaskSampler.class, AttentionMaskSampler.Config.class),
                sampler("channels", ChannelsMaskSampler.class, ChannelsMaskSampler.Config.class),
                sampler("curriculum", CurriculumMaskSampler.class, CurriculumMaskSampler.Config.class),
                sampler("mixture", MixtureMaskSampler.class, MixtureMaskSampler.Config.class),
                sampler("subsampled", SubsampledMaskSampler.class, SubsampledMaskSampler.Config.class));
    }

    private static Component<MaskSampler> sampler(
            String name, Class<? extends MaskSampler> implementation, Class<? extends Record> config) {
        return Component.of(MaskSampler.class, name, implementation, config);
    }
}
