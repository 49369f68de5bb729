package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final StringWriter out = new StringWriter();

    @Test
    void printsAboveTheLineAtTheBottom() {
        Terminal terminal = terminal(true);
        terminal.bottom("bar");
        terminal.print("line");
        terminal.bottom("");
        terminal.print("last");
        assertThat(out).hasToString("bar" + "\r\u001b[K" + "line\n" + "bar" + "\r\u001b[K" + "last\n");
    }

    @Test
    void hasNoBottomAndNoColoursWithoutATerminal() {
        Terminal terminal = terminal(false);
        terminal.bottom("bar");
        terminal.title("title");
        assertThat(out).hasToString("title\n");
    }

    private Terminal terminal(boolean interactive) {
        return new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), interactive, () -> 80);
    }
}
