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
import java.util.function.UnaryOperator;
import org.latentmim.data.Selection;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.train.NamedEvaluator;
import org.latentmim.train.Objective;

/** The components that the recipe chose, each under its key. */
final class ComponentsModule extends AbstractModule {

    static final Key<Encoder> COPY = Key.get(Encoder.class, Names.named("copy"));
    static final Key<List<Objective>> OBJECTIVES = Key.get(new TypeLiteral<>() {});
    static final Key<List<NamedEvaluator>> EVALUATORS = Key.get(new TypeLiteral<>() {});
    static final Key<List<MetricSink>> SINKS = Key.get(new TypeLiteral<>() {});

    private final Recipe recipe;
    private final UnaryOperator<Encoder> observed;

    /**
     * @param observed puts an observer around each encoder
     */
    ComponentsModule(Recipe recipe, UnaryOperator<Encoder> observed) {
        this.recipe = recipe;
        this.observed = observed;
    }

    @Override
    protected void configure() {
        images(recipe.images().train(), Key.get(ImageSet.class, TrainImages.class));
        recipe.images().test().ifPresent(test -> images(test, Key.get(ImageSet.class, TestImages.class)));
        install(ComponentModule.of(recipe.masking(), Key.get(MaskSampler.class)));

        install(ComponentModule.network(recipe.encoder(), Key.get(Encoder.class, OnlineEncoder.class), recipe.run().seed())
                .after(observed));
        Provider<Compute> compute = getProvider(Compute.class);
        install(ComponentModule.network(recipe.encoder(), COPY, recipe.run().seed()).after(copy -> {
            compute.get().place(copy.parameters());
            return copy;
        }));
        objectives();
        list(EVALUATORS, recipe.evaluation().with(), choice -> ComponentModule.of(choice, own(choice, Evaluator.class)),
                (choice, evaluator) -> new NamedEvaluator(choice.name(), evaluator));
        list(SINKS, recipe.metrics(), choice -> ComponentModule.of(choice, own(choice, MetricSink.class)),
                (choice, sink) -> sink);
    }

    private void images(Choice<ImageSet, Selection> choice, Key<ImageSet> key) {
        install(ComponentModule.of(choice, key).after(choice.extra()::applyTo));
    }

    private void objectives() {
        List<Provider<Objective>> objectives = new ArrayList<>();
        for (int i = 0; i < recipe.objectives().size(); i++) {
            String prefix = i == 0 ? "" : "also." + (i - 1) + ".";
            install(new ObjectiveModule(recipe, recipe.objectives().get(i), prefix, observed));
            objectives.add(getProvider(ObjectiveModule.key(prefix)));
        }
        bind(OBJECTIVES).toProvider(() -> objectives.stream().map(Provider::get).toList()).in(Scopes.SINGLETON);
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
