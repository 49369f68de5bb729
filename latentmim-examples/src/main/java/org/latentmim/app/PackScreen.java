package org.latentmim.app;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.latentmim.data.PackProgress;

/** Shows how far a packing is: on a terminal by a bar, elsewhere by a line now and then. */
final class PackScreen implements PackProgress, AutoCloseable {

    private static final Duration BETWEEN_BARS = Duration.ofMillis(250);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Interruption interruption;
    private final long began = System.nanoTime();
    private long last = began;

    PackScreen(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public boolean packed(int images, double share) {
        long now = System.nanoTime();
        Duration between = terminal.interactive() ? BETWEEN_BARS : BETWEEN_LINES;
        if (now - last >= between.toNanos()) {
            last = now;
            show(images, share, images / ((now - began) * 1e-9));
        }
        return !interruption.getAsBoolean();
    }

    private void show(int images, double share, double perSecond) {
        String count = String.format(Locale.ROOT, "%,d images", images);
        String speed = String.format(Locale.ROOT, "%,.0f images/s", perSecond);
        if (terminal.interactive()) {
            terminal.bottom(StepBar.render(share, List.of(count, speed), terminal.width()));
        } else {
            terminal.print(String.format(Locale.ROOT, "%d%%  %s  %s", (int) (100 * share), count, speed));
        }
    }

    @Override
    public void close() {
        terminal.bottom("");
    }
}
