package org.latentmim.app;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command as one can paste it into a shell. */
final class CommandText {

    private static final Pattern PLAIN = Pattern.compile("[\\w./=,:+@%-]+");

    private CommandText() {}

    /**
     * Returns the whole command.
     *
     * @param args what follows the name of the program
     */
    static String of(List<String> args) {
        return args.stream().map(CommandText::quoted).collect(Collectors.joining(" ", "latentmim ", ""));
    }

    private static String quoted(String arg) {
        return PLAIN.matcher(arg).matches() ? arg : "'" + arg.replace("'", "'\\''") + "'";
    }
}
