package org.latentmim.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.latentmim.ablation.Ablation;
import org.latentmim.ablation.Comparison;
import org.latentmim.ablation.Forecast;
import org.latentmim.ablation.RunPlace;
import org.latentmim.ablation.RunResult.State;
import org.latentmim.ablation.Worker;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains the variants of a suite and compares them. */
@Command(
        name = "ablate",
        description = {"Trains the variants of a suite with several seeds, and compares them in a table; Ctrl-C saves and stops.",
                "The same command goes on with what is not finished."},
        mixinStandardHelpOptions = true)
final class AblateCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Failures failures;

    @Parameters(paramLabel = "SUITE", description = "A YAML file, or the name of a built-in suite: ${COMPLETION-CANDIDATES}.",
            completionCandidates = BuiltIn.class)
    private String suite;

    @Option(names = "--form", paramLabel = "FORM",
            description = "How large: ${COMPLETION-CANDIDATES}; the only form of the suite, or else smoke, if left out.")
    private Optional<Form> form;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "runs",
            description = "Where the folder SUITE-FORM lies or is made; ${DEFAULT-VALUE} if left out.")
    private Path out;

    @Option(names = "--only", paramLabel = "VARIANT", split = ",", description = "Run these variants alone.")
    private List<String> only = List.of();

    @Option(names = "--seeds", paramLabel = "N", split = ",", description = "Run these seeds in place of those of the suite.")
    private List<Long> seeds = List.of();

    @Option(names = "--at-once", paramLabel = "N", defaultValue = "1",
            description = "Runs at a time, each in a process of its own with its share of the cores (${DEFAULT-VALUE}).")
    private int atOnce;

    @Option(names = "--dry-run", description = "Show what is left to run, and the time and disk it takes.")
    private boolean dryRun;

    @Option(names = ChildProcesses.ONE_RUN, hidden = true, description = "Run without the table, for another process.")
    private boolean oneRun;

    @Mixin
    private Overrides overrides;

    @Mixin
    private TimeLimit limit;

    @Spec
    private CommandSpec spec;

    AblateCommand(Terminal terminal, Failures failures) {
        this.terminal = terminal;
        this.failures = failures;
    }

    @Override
    public Integer call() {
        if (atOnce < 1) {
            throw new UsageException("--at-once must be at least 1, but is " + atOnce + ".");
        }
        Suite read = Suites.read(suite, form, overrides.values());
        Ablation ablation = new Ablation(read, out, Catalogue.find());
        List<RunPlace> runs = ablation.runs(only, seeds);
        if (dryRun) {
            terminal.title("Ablation " + read.name() + ", " + read.form().word());
            ForecastTable.print(Forecast.of(ablation, runs), terminal);
            return 0;
        }
        BooleanSupplier late = limit.start();
        try (Interruption interruption = Interruption.listen(signal -> terminal.print("Stopping after this step and saving ("
                + signal.words() + "); press Ctrl-C again to leave at once."))) {
            return run(ablation, runs, interruption, () -> interruption.getAsBoolean() || late.getAsBoolean());
        }
    }

    private int run(Ablation ablation, List<RunPlace> runs, Interruption interruption, BooleanSupplier stop) {
        PageFile page = PageFile.at(ablation.folder(), "results.html");
        List<String> args = spec.root().commandLine().getParseResult().originalArgs();
        try (AblationScreen screen = new AblationScreen(ablation, page, CommandText.of(args), terminal)) {
            Worker here = ablation.inThisProcess(
                    compute -> Environment.describe(compute, args), screen.ofRun(), failures::message);
            if (oneRun) {
                BooleanSupplier orphaned = ChildProcesses.obeyParent();
                runs.forEach(run -> here.train(run, () -> stop.getAsBoolean() || orphaned.getAsBoolean()));
                return interruption.exitCode().orElse(0);
            }
            terminal.title("Ablation " + ablation.suite().name() + ", " + ablation.suite().form().word() + ": "
                    + ablation.suite().question());
            Worker worker = atOnce == 1 ? here : new ChildProcesses(commandOfSuite(), atOnce);
            Comparison comparison = ablation.run(runs, atOnce, worker, screen, stop);
            screen.close();
            screen.write(comparison);
            ComparisonTable.print(comparison, terminal);
            terminal.print("\nThe table is in " + page.path() + "; beside it as results.md, and for programs as results.json and"
                    + " results.csv.");
            long open = comparison.count(State.WAITING) + comparison.count(State.UNFINISHED);
            if (stop.getAsBoolean() && open > 0) {
                terminal.print("Stopped with " + open + " runs not finished; the same command goes on.");
                return interruption.exitCode().orElse(TimeLimit.EXIT_CODE);
            }
            return comparison.count(State.FAILED) > 0 ? Failures.FAILURE : 0;
        }
    }

    /** The command without what picks runs. */
    private List<String> commandOfSuite() {
        List<String> command = new ArrayList<>(List.of("ablate", suite, "--out", out.toString()));
        form.ifPresent(wanted -> command.addAll(List.of("--form", wanted.word())));
        overrides.values().forEach(override -> command.addAll(List.of("--set", override)));
        return command;
    }

    /** Suites to choose from. */
    static final class BuiltIn implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Suites.BUILT_IN.iterator();
        }
    }
}
