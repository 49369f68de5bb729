package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latentmim.train.RunPlan;

class RunStateTest {

    private final RunState state = new RunState(new RunPlan(100, 10, 10, 4));

    @Test
    void saysHowMuchIsLeftFromThePaceOfThisLifeOfTheRun() {
        assertThat(state.inFull()).doesNotContain("left");
        state.stepped(60);
        state.stepped(61);
        assertThat(state.inFull()).startsWith("step 61 of 100, epoch 7 of 10, ").containsPattern("\\d:\\d\\d left");
    }

    @Test
    void saysNothingOfWhatIsLeftRightAfterTheRunWentBack() {
        state.stepped(60);
        state.stepped(41);
        assertThat(state.inFull()).isEqualTo("step 41 of 100, epoch 5 of 10");
        state.stepped(42);
        assertThat(state.inFull()).containsPattern("step 42 of 100, epoch 5 of 10, \\d+:\\d\\d left");
    }
}
