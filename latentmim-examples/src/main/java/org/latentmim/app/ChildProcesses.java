package org.latentmim.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jline.utils.Signals;
import org.latentmim.ablation.RunPlace;
import org.latentmim.ablation.Worker;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Natives;
import org.latentmim.runtime.OutputFolder;

/** Trains each run in a process of its own. */
final class ChildProcesses implements Worker {

    /** The option by which a process is told to make a run and no table. */
    static final String ONE_RUN = "--one-run";

    private final List<String> args;
    private final int atOnce;

    /**
     * @param args of the command, without what picks runs
     * @param atOnce between how many processes the cores are shared
     */
    ChildProcesses(List<String> args, int atOnce) {
        this.args = args;
        this.atOnce = atOnce;
        Natives.load(); // what the first process has to unpack and to link then lies ready for all
    }

    /**
     * Has this process, which another one started, leave Ctrl-C to that: it passes the wish on.
     *
     * @return true once there is no other process any more
     */
    static BooleanSupplier obeyParent() {
        Signals.register("INT", () -> {});
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        return () -> parent.filter(ProcessHandle::isAlive).isEmpty();
    }

    @Override
    public void train(RunPlace run, BooleanSupplier stop) {
        Path log = run.folder().resolveSibling("seed-" + run.seed() + ".log");
        new OutputFolder(log.getParent()).make();
        try {
            Process process = new ProcessBuilder(command(run))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            try {
                await(process, stop);
            } finally {
                process.destroyForcibly(); // of one that is done this means nothing
            }
            if (process.exitValue() != 0 && !stop.getAsBoolean()) {
                run.failed("Its process ended with exit code " + process.exitValue() + "; " + log + " tells more.");
            }
        } catch (IOException e) {
            throw new FailureException("The process for " + run.words() + " cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that is to stop saves first, and leaves by itself where that takes too long. */
    private static void await(Process process, BooleanSupplier stop) throws InterruptedException {
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            if (stop.getAsBoolean()) {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private List<String> command(RunPlace run) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("-D"))
                .forEach(command::add);
        command.add("-XX:ActiveProcessorCount=" + Math.max(1, Runtime.getRuntime().availableProcessors() / atOnce));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LatentMimCommand.class.getName()));
        command.addAll(args);
        command.addAll(List.of("--only", run.variant(), "--seeds", "" + run.seed(), ONE_RUN));
        return command;
    }
}
