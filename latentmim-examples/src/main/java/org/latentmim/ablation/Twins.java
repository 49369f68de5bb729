package org.latentmim.ablation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeDraft;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.OutputFolder;
import org.latentmim.runtime.UsageException;

/**
 * Runs that differ in nothing but their names. Many suites begin with the same recipe: what one of them has trained, suites in the
 * same folder need not train again.
 */
final class Twins {


    private final Catalogue catalogue;

    Twins(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Returns a finished run in a folder beside this one's suite, or in the suite, that was trained by the same recipe. */
    Optional<RunPlace> of(RunPlace run, Recipe recipe) {
        Path parent = run.suite().toAbsolutePath().getParent();
        Recipe nameless = nameless(recipe);
        try (Stream<Path> suites = folders(parent)) {
            return suites.flatMap(Twins::folders)
                    .map(variant -> new RunPlace(variant.getParent(), variant.getFileName().toString(), run.seed()))
                    .filter(other -> other.isFinished() && isBy(nameless, other))
                    .findFirst();
        }
    }

    private boolean isBy(Recipe nameless, RunPlace run) {
        try {
            return nameless(Training.recipeOf(run, catalogue)).equals(nameless);
        } catch (UsageException e) {
            return false; // a recipe of other plugins or another version is not this one
        }
    }

    private Recipe nameless(Recipe recipe) {
        return RecipeDraft.of(recipe).with("name", "any").recipe(catalogue);
    }

    private static Stream<Path> folders(Path parent) {
        try {
            return Files.isDirectory(parent) ? Files.list(parent).filter(Files::isDirectory).sorted() : Stream.empty();
        } catch (IOException e) {
            throw new FailureException("The folder " + parent + " cannot be looked into: " + e.getMessage() + ".", e);
        }
    }

    /** Copies a run, under the name that it has here. */
    void copy(RunPlace from, RunPlace to, Recipe recipe) {
        try {
            new OutputFolder(to.folder().getParent()).make();
            AtomicWrite.folder(to.folder(), place -> {
                copy(from.folder(), place);
                RunDirectory.open(place).write("recipe.yaml", recipe.toYaml());
            });
            to.write(from.note().orElseThrow());
        } catch (IOException e) {
            throw new FailureException("The run in " + from.folder() + " cannot be copied to " + to.folder() + ": "
                    + e.getMessage(), e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.walk(from)) {
            for (Path entry : entries.filter(Predicate.not(from::equals)).toList()) {
                Files.copy(entry, to.resolve(from.relativize(entry)));
            }
        }
    }
}
