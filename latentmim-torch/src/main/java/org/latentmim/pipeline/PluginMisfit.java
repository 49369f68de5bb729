package org.latentmim.pipeline;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the plugin behind an error that says that classes do not fit each other. */
public final class PluginMisfit {

    private static final Pattern CLASS_NAME = Pattern.compile("[\\w$]+(?:[./][\\w$]+)+");
    private static final String FRAMEWORK = PluginMisfit.class.getPackageName().replaceFirst("[^.]*$", "");
    private static final String NATIVES = "org.bytedeco.";

    private PluginMisfit() {}

    /**
     * Says which jar or folder does not fit, and what to do.
     *
     * @param failure of whatever kind; its causes are looked at, too
     * @return one sentence; empty if no plugin from outside is to blame
     */
    public static Optional<String> explain(Throwable failure) {
        return explain(failure, PluginMisfit.class.getClassLoader());
    }

    static Optional<String> explain(Throwable failure, ClassLoader loader) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof LinkageError error) {
                return isOfNatives(error) ? Optional.empty() : culprit(error, loader).map(place -> sentence(place, error));
            }
        }
        return Optional.empty();
    }

    private static String sentence(String place, LinkageError error) {
        String reason = error.getClass().getSimpleName() + ": " + error.getMessage();
        return "The plugin in " + place + " does not fit this version of Latent MIM (" + reason + "); build it again against this"
                + " version, or put what it needs beside it on the class path.";
    }

    private static boolean isOfNatives(LinkageError error) {
        return error instanceof UnsatisfiedLinkError
                || error.getCause() instanceof UnsatisfiedLinkError
                || error instanceof NoClassDefFoundError && names(error).anyMatch(name -> name.startsWith(NATIVES));
    }

    private static Optional<String> culprit(LinkageError error, ClassLoader loader) {
        Set<String> plugins = PluginJar.all(loader).stream().map(PluginJar::place).collect(Collectors.toSet());
        Stream<String> trace = Stream.of(error.getStackTrace()).map(StackTraceElement::getClassName);
        return Stream.concat(names(error), trace)
                .filter(name -> !name.startsWith(FRAMEWORK))
                .flatMap(name -> find(name, loader).stream())
                .flatMap(type -> PluginJar.placeOf(type).stream())
                .filter(plugins::contains)
                .findFirst();
    }

    /** The classes that the message names: an abstract method is missing where the trace does not lead. */
    private static Stream<String> names(LinkageError error) {
        return CLASS_NAME.matcher(String.valueOf(error.getMessage())).results()
                .map(MatchResult::group)
                .map(name -> name.replace('/', '.'));
    }

    private static Optional<Class<?>> find(String name, ClassLoader loader) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) { // the message names methods and packages, too
            return Optional.empty();
        }
    }
}
