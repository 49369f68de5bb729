package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordWrapTest {

    @Test
    void leavesShortLinesAlone() {
        assertThat(WordWrap.lines("\nimages     8,000\n  held out", 20)).containsExactly("", "images     8,000", "  held out");
    }

    @Test
    void breaksLongLinesBetweenWords() {
        assertThat(WordWrap.lines("images     8,000 to learn from, 2,000 held out", 22))
                .containsExactly("images     8,000 to", "    learn from, 2,000", "    held out");
    }

    @Test
    void keepsLongWordsWhole() {
        assertThat(WordWrap.lines("run        /a/very/long/folder/of/a/run", 20))
                .containsExactly("run", "    /a/very/long/folder/of/a/run");
    }
}
