package org.latentmim.pipeline;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.latentmim.data.Selection;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.TargetEncoder;
import org.latentmim.spi.TargetUpdater;
import org.latentmim.train.LossTerm;
import org.latentmim.train.NamedEvaluator;

/** The components that the recipe chose, each under its key. */
final class ComponentsModule extends AbstractModule {

    static final Key<List<LossTerm>> LOSSES = Key.get(new TypeLiteral<>() {});
    static final Key<List<NamedEvaluator>> EVALUATORS = Key.get(new TypeLiteral<>() {});
    static final Key<List<MetricSink>> SINKS = Key.get(new TypeLiteral<>() {});

    private final Recipe recipe;

    ComponentsModule(Recipe recipe) {
        this.recipe = recipe;
    }

    @Override
    protected void configure() {
        images(recipe.images().train(), Key.get(ImageSet.class, TrainImages.class));
        recipe.images().test().ifPresent(test -> images(test, Key.get(ImageSet.class, TestImages.class)));
        install(ComponentModule.of(recipe.masking(), Key.get(MaskSampler.class)));

        Key<Encoder> online = Key.get(Encoder.class, OnlineEncoder.class);
        install(network(recipe.encoder(), online));
        Provider<Encoder> source = getProvider(online);
        install(network(recipe.encoder(), Key.get(Encoder.class, TargetEncoder.class)).after(target -> {
            InitialWeights.copy(source.get(), target);
            return target;
        }));
        install(network(recipe.target(), Key.get(TargetUpdater.class)));
        install(network(recipe.decoder(), Key.get(Decoder.class)));

        list(LOSSES, recipe.losses(), loss -> network(loss, own(loss, ReconstructionLoss.class)), (choice, loss) ->
                new LossTerm(Recipe.lossName(choice), choice.extra().weight(), loss));
        list(EVALUATORS, recipe.evaluation().with(), choice -> ComponentModule.of(choice, own(choice, Evaluator.class)),
                (choice, evaluator) -> new NamedEvaluator(choice.name(), evaluator));
        list(SINKS, recipe.metrics(), choice -> ComponentModule.of(choice, own(choice, MetricSink.class)),
                (choice, sink) -> sink);
    }

    private void images(Choice<ImageSet, Selection> choice, Key<ImageSet> key) {
        install(ComponentModule.of(choice, key).after(choice.extra()::applyTo));
    }

    private <T> ComponentModule<T> network(Choice<T, ?> choice, Key<T> key) {
        return ComponentModule.of(choice, key).before(() -> InitialWeights.seed(recipe.run().seed(), choice.path()));
    }

    private static <T> Key<T> own(Choice<T, ?> choice, Class<T> spi) {
        return Key.get(spi, Names.named(choice.path()));
    }

    private <T, X extends Record, R> void list(
            Key<List<R>> key,
            List<Choice<T, X>> choices,
            Function<Choice<T, X>, ComponentModule<T>> module,
            BiFunction<Choice<T, X>, T, R> entry) {
        List<Provider<R>> entries = new ArrayList<>();
        for (Choice<T, X> choice : choices) {
            ComponentModule<T> own = module.apply(choice);
            install(own);
            Provider<T> component = getProvider(own.key());
            entries.add(() -> entry.apply(choice, component.get()));
        }
        bind(key).toProvider(() -> entries.stream().map(Provider::get).toList()).in(Scopes.SINGLETON);
    }
}
