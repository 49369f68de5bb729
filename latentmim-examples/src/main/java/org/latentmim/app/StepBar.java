package org.latentmim.app;

import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;
import org.latentmim.spi.Metrics;

/** A bar at the bottom of the terminal, with as many numbers as fit beside it. */
final class StepBar implements StepView {

    private static final int MILLIS_BETWEEN_UPDATES = 250;
    private static final int SHORTEST_BAR = 8;
    private static final int LONGEST_BAR = 30;
    private static final String BETWEEN = "  ";

    private final RunState state;
    private final ProgressBar bar;

    StepBar(RunState state, Terminal terminal) {
        this.state = state;
        this.bar = new ProgressBarBuilder()
                .setInitialMax(state.plan().steps())
                .setUpdateIntervalMillis(MILLIS_BETWEEN_UPDATES)
                .setRenderer(this::render)
                .setConsumer(new Bottom(terminal))
                .build();
    }

    @Override
    public void stepped(long done) {
        state.stepped(done);
        bar.stepTo(done);
    }

    @Override
    public void logged(Metrics metrics) {
        state.logged(metrics);
    }

    @Override
    public void close() {
        bar.close();
    }

    private String render(ProgressState progress, int width) {
        return render(state.share(), state.inShort(), width);
    }

    /** Leaves out the last texts where there is no room for them, and gives the bar what is left. */
    static String render(double share, List<String> texts, int width) {
        String percent = String.format("%4d%%", (int) (100 * share));
        int room = width - percent.length() - 2 - SHORTEST_BAR;
        List<String> shown = new ArrayList<>();
        for (String text : texts) {
            room -= BETWEEN.length() + text.length();
            if (room < 0) {
                room += BETWEEN.length() + text.length();
                break;
            }
            shown.add(text);
        }
        int length = Math.min(LONGEST_BAR, SHORTEST_BAR + room);
        int filled = (int) Math.round(share * length);
        String bar = "[" + "=".repeat(filled) + " ".repeat(length - filled) + "]";
        return bar + percent + (shown.isEmpty() ? "" : BETWEEN + String.join(BETWEEN, shown));
    }

    private record Bottom(Terminal terminal) implements ProgressBarConsumer {

        @Override
        public int getMaxRenderedLength() {
            return terminal.width();
        }

        @Override
        public void accept(String line) {
            terminal.bottom(line);
        }

        @Override
        public void close() {
            terminal.bottom("");
        }
    }
}
