package org.latentmim.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.latentmim.page.ReportPage;
import org.latentmim.report.RunRecord;
import org.latentmim.runtime.FailureException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what came of runs. */
@Command(
        name = "report",
        description = "Writes a page with the curves, the verdict, the scores and the pictures of a run, or of several.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "The folders of runs, finished or not.")
    private List<Path> runs;

    @Option(names = "--out", paramLabel = "PLACE",
            description = "The page, if it ends in .html; else the folder for report.html. If left out: the run, or where"
                    + " the first of several lies.")
    private Optional<Path> out;

    @Spec
    private CommandSpec spec;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<RunRecord> records = distinct().stream().map(RunRecord::read).toList();
        PageFile page = PageFile.at(out.orElseGet(() -> place(records)), "report.html");
        page.check();
        page.write(ReportPage.html(records, CommandText.of(spec.root().commandLine().getParseResult().originalArgs())));
        records.forEach(run -> run.faults().forEach(fault -> terminal.print(run.folder() + ": " + fault)));
        terminal.print("The report is in " + page.path());
        return 0;
    }

    private static Path place(List<RunRecord> records) {
        Path first = records.get(0).folder();
        return records.size() == 1 ? first : first.resolveSibling("");
    }

    /** A run that is named twice is shown once. */
    private List<Path> distinct() {
        Set<Path> seen = new HashSet<>();
        return runs.stream().filter(run -> seen.add(real(run))).toList();
    }

    private static Path real(Path run) {
        try {
            return Files.exists(run) ? run.toRealPath() : run;
        } catch (IOException e) {
            throw new FailureException("The folder " + run + " cannot be looked into: " + e.getMessage() + ".", e);
        }
    }
}
