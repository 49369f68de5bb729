package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepBarTest {

    private static final List<String> TEXTS = List.of("loss 1.234", "0:45 left", "epoch 3/10");

    @Test
    void showsAllTextsWhereThereIsRoom() {
        assertThat(StepBar.render(0.5, TEXTS, 80))
                .isEqualTo("[===============               ]  50%  loss 1.234  0:45 left  epoch 3/10");
    }

    @Test
    void leavesOutTheLastTextsOnANarrowTerminal() {
        assertThat(StepBar.render(0.5, TEXTS, 39)).isEqualTo("[=====    ]  50%  loss 1.234  0:45 left");
    }

    @Test
    void neverGetsWiderThanTheTerminal() {
        for (int width = 20; width < 120; width++) {
            assertThat(StepBar.render(1, TEXTS, width)).hasSizeLessThanOrEqualTo(width);
        }
    }

    @Test
    void isEmptyAtTheStartAndFullAtTheEnd() {
        assertThat(StepBar.render(0, List.of(), 40)).isEqualTo("[                              ]   0%");
        assertThat(StepBar.render(1, List.of(), 40)).isEqualTo("[==============================] 100%");
    }
}
