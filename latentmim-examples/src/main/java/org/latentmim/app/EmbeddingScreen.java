package org.latentmim.app;

import java.time.Duration;
import java.util.Locale;
import java.util.function.IntConsumer;

/** Shows how many images are embedded: a line at the bottom of a terminal, else a plain line now and then. */
final class EmbeddingScreen implements IntConsumer, AutoCloseable {

    private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final Terminal terminal;
    private final int images;
    private final long began = System.nanoTime();
    private int doneBefore = -1;
    private long lastLine = began;

    EmbeddingScreen(Terminal terminal, int images) {
        this.terminal = terminal;
        this.images = images;
    }

    /** Takes the number of images that are done; the first are those of a run before. */
    @Override
    public void accept(int done) {
        if (doneBefore < 0) {
            doneBefore = done;
            if (done > 0) {
                terminal.print("going on after " + Summary.count(done) + " images");
            }
        } else if (terminal.interactive()) {
            terminal.bottom(line(done));
        } else if (done == images || System.nanoTime() - lastLine >= BETWEEN_LINES) {
            lastLine = System.nanoTime();
            terminal.print(line(done));
        }
    }

    private String line(int done) {
        double seconds = (System.nanoTime() - began) / 1e9;
        return String.format(Locale.ROOT, "%,d of %,d images, %.1f images/s", done, images, (done - doneBefore) / seconds);
    }

    @Override
    public void close() {
        terminal.bottom("");
    }
}
