package org.latentmim.pipeline;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.PrivateModule;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.Scopes;
import com.google.inject.name.Names;
import com.google.inject.spi.Dependency;
import com.google.inject.spi.InjectionPoint;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;

/**
 * Builds one component of a recipe, and those inside its configuration. Its configuration and its class are known only in here,
 * so that one component can be used twice; the rest of the run sees the SPI.
 */
final class ComponentModule<T> extends AbstractModule {

    private final Choice<T, ?> choice;
    private final Key<T> key;
    private final Runnable before;
    private final UnaryOperator<T> after;

    private ComponentModule(Choice<T, ?> choice, Key<T> key, Runnable before, UnaryOperator<T> after) {
        this.choice = choice;
        this.key = key;
        this.before = before;
        this.after = after;
    }

    static <T> ComponentModule<T> of(Choice<T, ?> choice, Key<T> key) {
        return new ComponentModule<>(choice, key, () -> {}, UnaryOperator.identity());
    }

    /** The same for a component that draws initial weights: from the seed of the run and its place in the recipe. */
    static <T> ComponentModule<T> network(Choice<T, ?> choice, Key<T> key, long seed) {
        return of(choice, key).before(() -> InitialWeights.seed(seed, choice.path()));
    }

    Key<T> key() {
        return key;
    }

    /** Does something right before the component's constructor runs, when all that the constructor asks for is built. */
    ComponentModule<T> before(Runnable action) {
        return new ComponentModule<>(choice, key, action, after);
    }

    /** Does something with the new component. */
    ComponentModule<T> after(UnaryOperator<T> action) {
        return new ComponentModule<>(choice, key, before, action);
    }

    @Override
    protected void configure() {
        Map<Part<?>, Provider<?>> parts = new IdentityHashMap<>();
        Choice.inside(choice.config()).forEach(part -> parts.put(part, inner(part)));
        install(new PrivateModule() {
            @Override
            protected void configure() {
                bindConfig(binder(), choice.config());
                bind(Parts.class).toInstance(new BuiltParts(parts));
                Class<? extends T> implementation = choice.component().implementation();
                bind(implementation).in(Scopes.SINGLETON);
                Provider<? extends T> component = getProvider(implementation);
                List<? extends Provider<?>> needs = InjectionPoint.forConstructorOf(implementation).getDependencies().stream()
                        .map(Dependency::getKey)
                        .map(this::getProvider)
                        .toList();
                bind(key).toProvider(() -> build(component, needs)).in(Scopes.SINGLETON);
                expose(key);
            }
        });
    }

    private <P> Provider<P> inner(Choice<P, ?> part) {
        ComponentModule<P> module = of(part, Key.get(part.component().spi(), Names.named(key + " " + part.path())));
        install(module);
        return getProvider(module.key());
    }

    @SuppressWarnings("unchecked")
    private static <C extends Record> void bindConfig(Binder binder, C config) {
        binder.bind((Class<C>) config.getClass()).toInstance(config);
    }

    /** The components inside a configuration, each built when the constructor asks for it. */
    private record BuiltParts(Map<Part<?>, Provider<?>> components) implements Parts {

        @Override
        @SuppressWarnings("unchecked")
        public <P> P build(Part<P> part) {
            Provider<?> component = components.get(part);
            if (component == null) {
                throw new IllegalArgumentException("the part '" + part.name() + "' is not of this component's configuration");
            }
            try {
                return (P) component.get();
            } catch (ProvisionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    private T build(Provider<? extends T> component, List<? extends Provider<?>> needs) {
        needs.forEach(Provider::get);
        before.run();
        try {
            return after.apply(component.get());
        } catch (ProvisionException e) {
            throw told(e.getCause() == null ? e : e.getCause());
        } catch (IllegalArgumentException e) {
            throw told(e);
        }
    }

    private RuntimeException told(Throwable cause) {
        String message = choice.place() + "  " + choice.path() + ": ";
        if (cause instanceof UsageException || cause instanceof FailureException) {
            return (RuntimeException) cause;
        }
        if (cause instanceof IllegalArgumentException) {
            return new UsageException(message + cause.getMessage() + remedy(cause), cause);
        }
        if (cause instanceof IOException) {
            return new FailureException(message + cause.getMessage(), cause);
        }
        return new IllegalStateException(message + "'" + choice.name() + "' cannot be built: " + cause, cause);
    }

    /** Says which key to set where a file or folder is missing that the recipe names. */
    private String remedy(Throwable cause) {
        if (cause.getCause() instanceof NoSuchFileException missing) {
            for (RecordComponent key : choice.config().getClass().getRecordComponents()) {
                if (RecipeWriter.value(choice.config(), key) instanceof Path path && path.toString().equals(missing.getFile())) {
                    return "; say where it is with --set " + choice.path() + "." + RecordKey.kebab(key.getName()) + "=PATH";
                }
            }
        }
        return "";
    }
}
