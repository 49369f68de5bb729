package org.latentmim.app;

import java.util.Arrays;
import org.latentmim.runtime.Natives;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code latentmim}. */
@Command(
        name = "latentmim",
        description = "Pretrains Vision Transformers by Latent Masked Image Modeling, and measures what they learned.",
        mixinStandardHelpOptions = true,
        versionProvider = LatentMimCommand.Version.class,
        footer = {"", "A first run, in a few minutes: latentmim pretrain quickstart"})
public final class LatentMimCommand {

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where an error came from, and more of the log.")
    private boolean verbose;

    private LatentMimCommand() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Natives.prepare();
        System.setProperty("jdk.console", "java.base"); // from Java 22 on: no console where there is no terminal
        if (Arrays.asList(args).contains("--verbose")) {
            System.setProperty("latentmim.log", "DEBUG");
        }
        System.exit(execute(Terminal.ofProcess(), args));
    }

    static int execute(Terminal terminal, String... args) {
        LatentMimCommand command = new LatentMimCommand();
        Failures failures = new Failures(terminal, () -> command.verbose);
        CommandLine commandLine = new CommandLine(command)
                .addSubcommand(new PretrainCommand(terminal))
                .addSubcommand(new AblateCommand(terminal, failures))
                .addSubcommand(new EvaluateCommand(terminal))
                .addSubcommand(new EmbedCommand(terminal))
                .addSubcommand(new PicturesCommand(terminal))
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new PreviewCommand(terminal))
                .addSubcommand(new ReportCommand(terminal))
                .addSubcommand(new PackCommand(terminal))
                .addSubcommand(new ScanCommand(terminal))
                .addSubcommand(new ComponentsCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new CommandLine(new BenchCommand())
                        .addSubcommand(new BenchStepCommand(terminal))
                        .addSubcommand(new BenchDataCommand(terminal))
                        .addSubcommand(new BenchEvalCommand(terminal))
                        .addSubcommand(new BenchScaleCommand(terminal))
                        .addSubcommand(new BenchCheckpointCommand(terminal)))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
        try {
            return commandLine.execute(args);
        } catch (LinkageError | OutOfMemoryError | StackOverflowError e) { // which picocli lets through
            return failures.tell(e);
        }
    }

    /** Reads the version from the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"latentmim " + org.latentmim.runtime.Version.text()};
        }
    }
}
