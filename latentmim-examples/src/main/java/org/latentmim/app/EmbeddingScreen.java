package org.latentmim.app;

import java.util.Locale;
import java.util.function.IntConsumer;

/** Shows how many images are embedded: a line at the bottom of a terminal, else a plain line now and then. */
final class EmbeddingScreen implements IntConsumer, AutoCloseable {

    private final Terminal terminal;
    private final ProgressLine progress;
    private final int images;
    private final long began = System.nanoTime();
    private int doneBefore = -1;

    EmbeddingScreen(Terminal terminal, int images) {
        this.terminal = terminal;
        this.progress = new ProgressLine(terminal);
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
        } else {
            progress.show(line(done), done == images);
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
