package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

    @Test
    void suggestsTheNearestWord() {
        assertThat(Spelling.suggestion("widht", List.of("depth", "width", "heads"))).isEqualTo(" Did you mean 'width'?");
        assertThat(Spelling.suggestion("randm", List.of("block", "random"))).isEqualTo(" Did you mean 'random'?");
    }

    @Test
    void twoSwappedLettersAreOneMistake() {
        assertThat(Spelling.suggestion("ot", List.of("to"))).isEqualTo(" Did you mean 'to'?");
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
        assertThat(Spelling.suggestion("zebra", List.of("depth", "width"))).isEmpty();
        assertThat(Spelling.suggestion("", List.of())).isEmpty();
    }
}
