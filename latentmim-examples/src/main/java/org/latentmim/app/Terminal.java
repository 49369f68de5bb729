package org.latentmim.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Help.Ansi;

/**
 * What a person sees: lines that stay and, on a terminal, one line at the bottom that changes. Where there is no terminal nothing
 * but plain lines is written. Thread-safe.
 */
final class Terminal {

    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int NARROWEST = 20;
    private static final int ROOM_FOR_ECHO = 3; // what the terminal writes behind the bottom line when someone presses Ctrl-C

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean interactive;
    private final IntSupplier width;
    private String bottom = "";

    /**
     * @param interactive whether {@code out} is a terminal
     * @param width columns of the terminal, asked whenever the bottom line is drawn
     */
    Terminal(PrintWriter out, PrintWriter err, boolean interactive, IntSupplier width) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.width = width;
    }

    /** Returns the terminal of this process, or what stands in its place. */
    static Terminal ofProcess() {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        boolean interactive = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        return interactive ? new Terminal(out, err, true, columns()) : new Terminal(out, err, false, () -> Integer.MAX_VALUE);
    }

    private static IntSupplier columns() {
        try {
            return TerminalBuilder.builder().system(true).nativeSignals(false).dumb(true).build()::getWidth;
        } catch (IOException e) {
            throw new UncheckedIOException("the size of the terminal cannot be read", e);
        }
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    boolean interactive() {
        return interactive;
    }

    /** Returns how many characters of the bottom line can be seen. */
    int width() {
        return Math.max(NARROWEST, width.getAsInt() - ROOM_FOR_ECHO);
    }

    /** Returns whether and how to use colours: not without a terminal, and not where {@code NO_COLOR} is set. */
    Ansi ansi() {
        return interactive && System.getenv("NO_COLOR") == null ? Ansi.ON : Ansi.OFF;
    }

    void print(String text) {
        printAll(wrapped(text));
    }

    void title(String text) {
        printAll(wrapped(text).stream().map(line -> ansi().string("@|bold " + line + "|@")).toList());
    }

    private synchronized void printAll(List<String> lines) {
        clear();
        lines.forEach(out::println);
        restore();
    }

    synchronized void error(String message) {
        clear();
        err.println(ansi().string("@|bold,red latentmim:|@ ") + message);
        restore();
    }

    private List<String> wrapped(String text) {
        return interactive ? WordWrap.lines(text, Math.max(NARROWEST, width.getAsInt())) : List.of(text);
    }

    /** Replaces the line at the bottom; an empty one takes it away. */
    synchronized void bottom(String line) {
        clear();
        bottom = line;
        restore();
    }

    private void clear() {
        if (interactive && !bottom.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private void restore() {
        if (interactive && !bottom.isEmpty()) {
            out.print(bottom);
            out.flush();
        }
    }
}
