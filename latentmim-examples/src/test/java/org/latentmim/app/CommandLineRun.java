package org.latentmim.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
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
