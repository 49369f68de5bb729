package org.latentmim.target;

import static org.bytedeco.pytorch.global.torch.zeros;

import jakarta.inject.Inject;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Schedule;
import org.latentmim.spi.TargetEncoder;

/** The mean of what the last blocks of an encoder say that follows the online one slowly (data2vec, section 3.3). */
final class LayerAverageTargetUpdater extends EncoderTargetUpdater {

    /** How the blocks are made comparable before the mean is taken. */
    enum Norm {
        /** Each token over its width. */
        LAYER {
            @Override
            Tensor of(Tensor tokens) {
                return TargetReading.normalized(tokens);
            }
        },
        /** Each number over the patches of an image. */
        INSTANCE {
            @Override
            Tensor of(Tensor tokens) {
                return TargetReading.normalized(tokens.transpose(1, 2)).transpose(1, 2);
            }
        };

        abstract Tensor of(Tensor tokens);
    }

    @Meaning("The mean of the last blocks of a second encoder that follows the online one slowly (data2vec)")
    record Config(
            @Meaning("how many blocks, counted from the end; at least 1") @Default("6") int layers,
            @Meaning("what makes them comparable: layer, over a token's width, or instance, over the patches of an image")
                    @Default("layer") Norm norm,
            @Meaning("momentum at the start, in [0, 1]; 0.999 if left out") OptionalDouble from,
            @Meaning("momentum at the end, in [0, 1]; 0.9998 if left out") OptionalDouble to,
            @Meaning("the way between them: constant, linear or cosine") @Default("linear") Schedule.Shape schedule,
            @Meaning("share of the run at which the end is reached, in (0, 1]") @Default("1.0") double until,
            @Meaning("images after which half of the target is new, more than 0; replaces from and to") OptionalDouble halfLife,
            @Meaning("what the target encoder sees: the masked patches alone, or all of the image") @Default("all") View view,
            @Meaning("whether the mean is normalised over its width too, without weights") @Default("true") boolean normalize) {

        Config {
            if (layers < 1) {
                throw new IllegalArgumentException("layers must be at least 1, but is " + layers);
            }
            from = Momentum.or(0.999, from, halfLife);
            to = Momentum.or(0.9998, to, halfLife);
            new Momentum(from, to, schedule, until, halfLife); // refuses what is out of range
        }

        Momentum momentum() {
            return new Momentum(from, to, schedule, until, halfLife);
        }
    }

    private final Encoder encoder;
    private final int layers;
    private final Norm norm;
    private final Follower follower;

    @Inject
    LayerAverageTargetUpdater(Config config, PatchGrid grid, @OnlineEncoder Encoder online, @TargetEncoder Encoder target) {
        super(target, new TargetReading(config.view(), config.normalize()));
        this.encoder = target;
        this.layers = config.layers();
        this.norm = config.norm();
        this.follower = new Follower(online, target, config.momentum());
        checkDepth(grid);
    }

    /** Asks for one patch of an image, so that an encoder of too few blocks is refused when the recipe is read. */
    private void checkDepth(PatchGrid grid) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Tensor id = zeros(new long[] {1, 1}, new TensorOptions(ScalarType.Long));
            encoder.blocks(new Patches(zeros(1, 1, grid.valuesPerPatch()), id), layers);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layers is " + layers + ", but " + e.getMessage(), e);
        }
    }

    @Override
    public void update(Progress progress) {
        follower.update(progress);
    }

    /** The mean of the last blocks, without the prefix. */
    @Override
    Tensor say(Patches shown) {
        long prefix = encoder.prefixTokens();
        return encoder.blocks(shown, layers).stream()
                .map(block -> norm.of(block.narrow(1, prefix, block.size(1) - prefix)))
                .reduce(Tensor::add)
                .orElseThrow()
                .div(new Scalar(layers));
    }
}
