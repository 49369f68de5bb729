package org.latentmim.testing;

import static org.assertj.core.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Qualifier;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Component;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.Recompute;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.RunFolder;
import org.latentmim.spi.TargetEncoder;
import org.latentmim.spi.TargetUpdater;

/** What every {@link Plugin} promises. Looks at its classes alone and builds no component. */
public abstract class PluginContract {

    /** Something that a constructor can ask for. */
    private record Need(Class<?> type, Class<? extends Annotation> qualifier) {

        static Need of(Class<?> type) {
            return new Need(type, null);
        }

        static Need of(Parameter parameter) {
            return Arrays.stream(parameter.getAnnotations())
                    .map(Annotation::annotationType)
                    .filter(annotation -> annotation.isAnnotationPresent(Qualifier.class))
                    .findFirst()
                    .map(qualifier -> new Need(built(parameter), qualifier))
                    .orElseGet(() -> of(built(parameter)));
        }

        /** A provider of something stands for it. */
        private static Class<?> built(Parameter parameter) {
            return parameter.getType() == Provider.class
                            && parameter.getParameterizedType() instanceof ParameterizedType provider
                            && provider.getActualTypeArguments()[0] instanceof Class<?> provided
                    ? provided
                    : parameter.getType();
        }

        @Override
        public String toString() {
            return (qualifier == null ? "" : "@" + qualifier.getSimpleName() + " ") + type.getSimpleName();
        }
    }

    /** What the Javadoc of each interface names beside the configuration and {@link Parts}. */
    private static final Map<Class<?>, List<Need>> NEEDS = Map.of(
            ImageSet.class, List.of(),
            MaskSampler.class, List.of(Need.of(PatchGrid.class)),
            Encoder.class, List.of(Need.of(PatchGrid.class), Need.of(Recompute.class)),
            Decoder.class, List.of(Need.of(PatchGrid.class), Need.of(DecoderShape.class), Need.of(Recompute.class)),
            TargetUpdater.class, List.of(Need.of(PatchGrid.class), new Need(Encoder.class, OnlineEncoder.class),
                    new Need(Encoder.class, TargetEncoder.class)),
            ReconstructionLoss.class, List.of(Need.of(PatchGrid.class), Need.of(DecoderShape.class)),
            Evaluator.class, List.of(Need.of(PatchGrid.class)),
            MetricSink.class, List.of(Need.of(PatchGrid.class), new Need(Path.class, RunFolder.class)));

    private static final Set<Class<?>> KEYS = Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class,
            boolean.class, Boolean.class, String.class, Path.class, OptionalInt.class, OptionalDouble.class);

    private final List<String> complaints = new ArrayList<>();

    /** Makes the plugin to test. */
    protected abstract Plugin plugin();

    @Test
    void isFoundByItsServiceFile() {
        Class<?> type = plugin().getClass();
        demand(Modifier.isPublic(type.getModifiers()), type.getName() + " must be public");
        demand(Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0),
                type.getName() + " must have a public constructor without arguments");
        if (complaints.isEmpty()) {
            demand(ServiceLoader.load(Plugin.class).stream().anyMatch(provider -> provider.type() == type),
                    "META-INF/services/" + Plugin.class.getName() + " must name " + type.getName());
        }
        tell();
    }

    @Test
    void offersWhatThereIsAPlaceForInARecipeEachUnderItsOwnName() {
        Set<List<Object>> names = new HashSet<>();
        demand(!plugin().components().isEmpty(), "the plugin must offer a component");
        for (Component<?> component : plugin().components()) {
            demand(NEEDS.containsKey(component.spi()),
                    words(component) + " must be one of the interfaces of " + Plugin.class.getPackageName());
            demand(names.add(List.of(component.spi(), component.name())), words(component) + " must be offered once");
        }
        tell();
    }

    @Test
    void canBuildItsComponentsFromWhatTheirInterfacesAllow() {
        for (Component<?> component : known()) {
            List<Constructor<?>> constructors = Arrays.stream(component.implementation().getDeclaredConstructors())
                    .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                    .toList();
            demand(constructors.size() == 1, words(component) + ": " + component.implementation().getName()
                    + " must have one constructor with @Inject, but has " + constructors.size());
            demand(!Modifier.isAbstract(component.implementation().getModifiers()),
                    words(component) + ": " + component.implementation().getName() + " must not be abstract");
            constructors.forEach(constructor -> canBeCalled(component, constructor));
        }
        tell();
    }

    @Test
    void keepsInItsKeysWhatARecipeCanHold() {
        for (Component<?> component : plugin().components()) {
            new Keys(component).visit(component.config(), "", (key, path) -> {
                demand(canBeHeld(key.getGenericType()), words(component) + ": " + path + " is a "
                        + key.getGenericType().getTypeName() + ", which a recipe cannot hold");
                demand(!path.equals("name"), words(component) + ": name picks the component and cannot be a key");
            });
        }
        tell();
    }

    @Test
    void saysWhatEachComponentAndKeyMeans() {
        for (Component<?> component : plugin().components()) {
            boolean hasKeys = component.config() != Component.NoKeys.class;
            saysWhatItMeans(hasKeys ? component.config() : component.implementation(), words(component));
            new Keys(component).visit(
                    component.config(), "", (key, path) -> saysWhatItMeans(key, words(component) + ": " + path));
        }
        tell();
    }

    private List<? extends Component<?>> known() {
        return plugin().components().stream().filter(component -> NEEDS.containsKey(component.spi())).toList();
    }

    private void canBeCalled(Component<?> component, Constructor<?> constructor) {
        List<Need> asked = Arrays.stream(constructor.getParameters()).map(Need::of).toList();
        List<Need> allowed = new ArrayList<>(List.of(Need.of(component.config()), Need.of(Parts.class)));
        allowed.addAll(NEEDS.get(component.spi()));
        asked.stream().filter(need -> !allowed.contains(need)).forEach(need -> complaints.add(
                words(component) + ": its constructor asks for " + need + ", but may ask for "
                        + String.join(", ", allowed.stream().map(Need::toString).toList())));
        demand(component.config().getRecordComponents().length == 0 || asked.contains(Need.of(component.config())),
                words(component) + ": its constructor must take the keys, " + component.config().getName());
    }

    private void saysWhatItMeans(AnnotatedElement element, String what) {
        Meaning meaning = element.getAnnotation(Meaning.class);
        if (meaning == null || meaning.value().isBlank()) {
            complaints.add(what + " has no @Meaning");
        } else {
            demand(meaning.value().lines().count() == 1, what + ": its @Meaning must be one line");
            demand(!meaning.value().endsWith("."), what + ": its @Meaning must not end with a full stop");
        }
    }

    private static boolean canBeHeld(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            return generic.getRawType() == Part.class
                    ? NEEDS.containsKey(argument)
                    : Set.<Type>of(Optional.class, List.class).contains(generic.getRawType()) && canBeHeld(argument);
        }
        return type instanceof Class<?> plain && (KEYS.contains(plain) || plain.isEnum() || plain.isRecord());
    }

    private void demand(boolean kept, String complaint) {
        if (!kept) {
            complaints.add(complaint);
        }
    }

    private void tell() {
        if (!complaints.isEmpty()) {
            fail(String.join("\n", complaints));
        }
    }

    private static String words(Component<?> component) {
        return component.spi().getSimpleName() + " '" + component.name() + "'";
    }

    /** The keys of a component, those of the records in its record among them. */
    private static final class Keys {

        interface Visitor {
            void visit(RecordComponent key, String path);
        }

        private final Set<Class<?>> seen = new HashSet<>();

        Keys(Component<?> component) {
            seen.add(component.config());
        }

        void visit(Class<?> type, String prefix, Visitor visitor) {
            for (RecordComponent key : type.getRecordComponents()) {
                String path = prefix + key.getName();
                visitor.visit(key, path);
                types(key.getGenericType())
                        .filter(inner -> inner.isRecord() && seen.add(inner))
                        .forEach(inner -> visit(inner, path + ".", visitor));
            }
        }

        private static Stream<Class<?>> types(Type type) {
            return type instanceof ParameterizedType generic
                    ? Arrays.stream(generic.getActualTypeArguments()).flatMap(Keys::types)
                    : Stream.of(type).filter(Class.class::isInstance).map(plain -> (Class<?>) plain);
        }
    }
}
