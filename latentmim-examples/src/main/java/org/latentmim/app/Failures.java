package org.latentmim.app;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.latentmim.pipeline.PluginMisfit;
import org.latentmim.runtime.Cause;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.GivenUpException;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells a person what went wrong, without a stack trace unless asked for, and says so to the shell by the exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int GIVEN_UP = 3;

    private final Terminal terminal;
    private final BooleanSupplier verbose;

    Failures(Terminal terminal, BooleanSupplier verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        terminal.error(e.getMessage() + "\nSee " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help.");
        return USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return tell(e);
    }

    int tell(Throwable e) {
        terminal.error(message(e));
        if (verbose.getAsBoolean()) {
            e.printStackTrace(terminal.err());
            terminal.err().flush();
        }
        if (e instanceof GivenUpException) {
            return GIVEN_UP;
        }
        return e instanceof UsageException ? USAGE : FAILURE;
    }

    /** Returns what went wrong, in words. */
    String message(Throwable e) {
        if (e instanceof UsageException) {
            return e.getMessage();
        }
        Optional<String> misfit = PluginMisfit.explain(e);
        if (misfit.isPresent()) {
            return misfit.get();
        }
        if (e instanceof FailureException) {
            return e.getMessage();
        }
        if (e instanceof LinkageError && !(e instanceof IncompatibleClassChangeError)) {
            return "The native libraries cannot be loaded: " + Cause.firstLine(e)
                    + ". `latentmim doctor` looks into it; it may help to delete the folder .javacpp/cache in your home.";
        }
        if (Cause.isOutOfMemory(e)) {
            return "There is not enough memory for this;"
                    + " a smaller train.batch (with more train.accumulation) or smaller networks need less.";
        }
        return "Unexpected: " + Cause.firstLine(e) + (verbose.getAsBoolean() ? "" : "\nRun again with --verbose to see where.");
    }
}
