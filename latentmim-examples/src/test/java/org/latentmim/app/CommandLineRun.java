package org.latentmim.app;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentmim.runtime.Natives;

/** What a command printed, without a terminal, and its exit code. */
record CommandLineRun(int exitCode, String out, String err) {

    /** Makes the quickstart a matter of seconds: 8 steps of a tiny encoder. */
    static final List<String> TINY = List.of(
            "--set", "images.train.to=64", "--set", "images.test.to=8040",
            "--set", "encoder.width=16", "--set", "encoder.depth=1", "--set", "encoder.heads=2",
            "--set", "encoder.projector.depth=1",
            "--set", "decoder.width=16", "--set", "decoder.depth=1", "--set", "decoder.heads=2",
            "--set", "train.batch=16", "--set", "train.epochs=2", "--set", "train.warmup-epochs=0",
            "--set", "evaluation.with=[nearest-neighbor]",
            "--set", "run.log-every=1", "--set", "run.evaluate-every=0", "--set", "runtime.device=cpu");

    static CommandLineRun of(String... args) {
        Natives.prepare();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, () -> Integer.MAX_VALUE);
        int exitCode = LatentMimCommand.execute(terminal, args);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /** Runs a command in a JVM of its own, with jars or folders beside the program. */
    static CommandLineRun besides(List<Path> plugins, List<String> args) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        Process process = new ProcessBuilder(command(plugins, args))
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError("still running: " + args + "\n" + Files.readString(err));
            }
            return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** The words that start the program in a JVM of its own. */
    static List<String> command(List<Path> plugins, List<String> args) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = Stream.concat(Stream.of(System.getProperty("java.class.path")), plugins.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
        return Stream.concat(Stream.of(java, "-cp", classPath, LatentMimCommand.class.getName()), args.stream()).toList();
    }

    /** Runs {@code pretrain quickstart} on a tiny scale. */
    static CommandLineRun tiny(String... more) {
        return of(tinyArgs(more).toArray(String[]::new));
    }

    static List<String> tinyArgs(String... more) {
        List<String> args = new ArrayList<>(List.of("pretrain", "quickstart"));
        args.addAll(TINY);
        args.addAll(List.of(more));
        return args;
    }
}
