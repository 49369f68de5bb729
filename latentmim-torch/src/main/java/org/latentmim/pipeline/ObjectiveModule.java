package org.latentmim.pipeline;

import com.google.inject.Key;
import com.google.inject.PrivateModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.pipeline.Recipe.LossWeight;
import org.latentmim.pipeline.Recipe.ObjectiveSection;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.TargetEncoder;
import org.latentmim.spi.TargetUpdater;
import org.latentmim.train.Bfloat16Target;
import org.latentmim.train.LossTerm;
import org.latentmim.train.Objective;

/**
 * Something to predict: a target with an encoder of its own, and the decoder and losses that fit it. Shows only the objective.
 */
final class ObjectiveModule extends PrivateModule {

    private static final Key<List<LossTerm>> LOSSES = Key.get(new TypeLiteral<>() {});

    private final Recipe recipe;
    private final ObjectiveSection section;
    private final String prefix;
    private final UnaryOperator<Encoder> observed;

    /**
     * @param prefix of the objective; empty for the first
     * @param observed puts an observer around the target's encoder
     */
    ObjectiveModule(Recipe recipe, ObjectiveSection section, String prefix, UnaryOperator<Encoder> observed) {
        this.recipe = recipe;
        this.section = section;
        this.prefix = prefix;
        this.observed = observed;
    }

    static Key<Objective> key(String prefix) {
        return Key.get(Objective.class, Names.named(prefix));
    }

    @Override
    protected void configure() {
        long seed = recipe.run().seed();
        Provider<Encoder> online = getProvider(Key.get(Encoder.class, OnlineEncoder.class));
        install(ComponentModule.network(recipe.encoder(), Key.get(Encoder.class, TargetEncoder.class), seed).after(target -> {
            InitialWeights.copy(online.get(), target);
            return observed.apply(target);
        }));
        Provider<Compute> compute = getProvider(Compute.class);
        install(ComponentModule.network(section.target(), Key.get(TargetUpdater.class), seed).after(target ->
                recipe.runtime().bf16Target() ? new Bfloat16Target(target, compute.get()) : target));
        install(ComponentModule.network(section.decoder(), Key.get(Decoder.class), seed));
        List<Provider<LossTerm>> terms = new ArrayList<>();
        for (Choice<ReconstructionLoss, LossWeight> choice : section.losses()) {
            ComponentModule<ReconstructionLoss> module =
                    ComponentModule.network(choice, Key.get(ReconstructionLoss.class, Names.named(choice.path())), seed);
            install(module);
            Provider<ReconstructionLoss> loss = getProvider(module.key());
            terms.add(() -> new LossTerm(Recipe.lossName(choice), choice.extra().weight(), loss.get()));
        }
        bind(LOSSES).toProvider(() -> terms.stream().map(Provider::get).toList()).in(Scopes.SINGLETON);
        Provider<Decoder> decoder = getProvider(Decoder.class);
        Provider<TargetUpdater> target = getProvider(TargetUpdater.class);
        Provider<List<LossTerm>> losses = getProvider(LOSSES);
        bind(key(prefix)).toProvider(() -> new Objective(prefix, decoder.get(), target.get(), losses.get())).in(Scopes.SINGLETON);
        expose(key(prefix));
    }

    @Provides
    @Singleton
    DecoderShape decoderShape(PatchGrid grid, @OnlineEncoder Encoder online, TargetUpdater target) {
        return new DecoderShape(grid, online.prefixTokens(), online.width(), target.width(), online.encodesHidden());
    }
}
