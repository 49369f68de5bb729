package org.latentmim.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void constantStaysAtTheFirstValue() {
        Schedule schedule = new Schedule(0.3, 0.9, Schedule.Shape.CONSTANT);
        assertThat(schedule.at(0)).isEqualTo(0.3);
        assertThat(schedule.at(1)).isEqualTo(0.3);
    }

    @Test
    void linearIsAStraightLine() {
        Schedule schedule = new Schedule(1, 3, Schedule.Shape.LINEAR);
        assertThat(schedule.at(0)).isEqualTo(1);
        assertThat(schedule.at(0.25)).isEqualTo(1.5);
        assertThat(schedule.at(1)).isEqualTo(3);
    }

    @Test
    void cosineIsHalfACosine() {
        Schedule schedule = Schedule.cosine(0.75, 0.25);
        assertThat(schedule.at(0)).isEqualTo(0.75);
        assertThat(schedule.at(1.0 / 3)).isCloseTo(0.625, within(1e-12));
        assertThat(schedule.at(0.5)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.at(1)).isEqualTo(0.25);
    }

    @Test
    void followsTheEpochsOfARun() {
        assertThat(new Schedule(0, 1, Schedule.Shape.LINEAR).at(new Progress(3, 40, 7.5, 30, 1))).isEqualTo(0.25);
    }
}
