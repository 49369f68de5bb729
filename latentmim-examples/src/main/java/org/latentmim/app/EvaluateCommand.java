package org.latentmim.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Choice;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.ScoreFile;
import org.latentmim.pipeline.Scoring;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Component.NoKeys;
import org.latentmim.spi.Evaluator;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.RunListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the weights of a run. */
@Command(
        name = "evaluate",
        description = "Measures the latest weights of a run beside the raw pixels and the untrained encoder, and adds the scores to"
                + " its scores.json.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    private static final String ALL = "all";

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "The folder of a run.")
    private Path run;

    @Option(names = "--with", paramLabel = "NAME", split = ",",
            description = "The evaluators, in place of the recipe's; all for every one that can judge the images.")
    private List<String> with = List.of();

    @Option(names = "--on", paramLabel = "IMAGES",
            description = "Other images than the recipe's, with commas between several: a folder with train and test in it, a folder"
                    + " of images, or a YAML file with train and test as below images in a recipe.")
    private List<String> on = List.of();

    @Option(names = "--keep-features",
            description = "Keep the features of the encoder's images in the folder features of the run, and take from there what an"
                    + " evaluation before has kept.")
    private boolean keepFeatures;

    @Mixin
    private Overrides overrides;

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunDirectory directory = RunDirectory.open(run);
        Recipe recipe = recipe(directory, Optional.empty());
        List<Optional<ImagesToJudge>> sets = on.isEmpty()
                ? List.of(Optional.empty())
                : ImagesToJudge.of(on, recipe.images().mean().size()).stream().map(Optional::of).toList();
        List<Scoring> scorings = sets.stream().map(images -> scoring(recipe(directory, images), images)).toList();
        Checkpoint checkpoint = Checkpoint.open(directory.checkpoints());
        List<JudgedScore> scores = new ArrayList<>();
        terminal.title("Evaluating " + run);
        try (RunScreen screen = new RunScreen(terminal)) {
            for (int i = 0; i < sets.size(); i++) {
                String name = sets.get(i).map(ImagesToJudge::name).orElse("");
                if (!name.isEmpty()) {
                    terminal.title("on " + name);
                }
                scorings.get(i).all(checkpoint, new RunListener() {
                    @Override
                    public void evaluated(List<JudgedScore> judged) {
                        List<JudgedScore> named = judged.stream().map(score -> score.on(name)).toList();
                        ScoreFile.add(directory, named); // at once: the next evaluator may take hours
                        scores.addAll(named);
                        screen.evaluated(judged);
                    }
                });
            }
        }
        ScoreTable.print(scores, terminal);
        return 0;
    }

    private Scoring scoring(Recipe recipe, Optional<ImagesToJudge> images) {
        Scoring scoring = Scoring.of(recipe);
        if (scoring.isEmpty()) {
            throw new UsageException("The recipe of " + run
                    + " names no evaluators: add evaluation.with and images.test with --set.");
        }
        if (keepFeatures) {
            scoring = scoring.keepingFeatures(run.resolve("features"));
        }
        Scoring with = images.isPresent() && !images.get().hasTrain() ? scoring.withoutTrain() : scoring;
        return this.with.contains(ALL) ? with.ofWhatCanBe(sentence -> terminal.print("left out: " + sentence)) : with;
    }

    /** Where the recipe names an evaluator that is wanted, it stays as the recipe has it. */
    private Recipe recipe(RunDirectory directory, Optional<ImagesToJudge> images) {
        String file = directory.recipe().toString();
        List<String> changes = Stream.concat(images.stream().flatMap(set -> set.overrides().stream()), overrides.values().stream())
                .toList();
        Recipe recipe = Recipes.read(file, changes);
        if (with.isEmpty()) {
            return recipe;
        }
        List<String> names = new ArrayList<>(with.contains(ALL) ? withoutRequiredKeys() : with);
        List<String> wanted = new ArrayList<>();
        for (Choice<Evaluator, NoKeys> own : recipe.evaluation().with()) {
            if (with.contains(ALL) || with.contains(own.name())) {
                wanted.add(own.toYaml());
                names.remove(own.name());
            }
        }
        wanted.addAll(names);
        String evaluators = "evaluation.with=[" + String.join(", ", wanted) + "]";
        return Recipes.read(file, Stream.concat(changes.stream(), Stream.of(evaluators)).toList());
    }

    private static List<String> withoutRequiredKeys() {
        return Catalogue.find().describe().stream()
                .filter(kind -> kind.spi().equals("evaluator"))
                .flatMap(kind -> kind.components().stream())
                .filter(entry -> entry.keys().stream().noneMatch(key -> key.standard().equals("required")))
                .map(entry -> entry.name())
                .toList();
    }
}
