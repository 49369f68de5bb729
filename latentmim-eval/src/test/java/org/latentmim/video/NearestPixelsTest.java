package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.spi.LabelMap;

class NearestPixelsTest {

    /** Which pixel of a row Pillow 12.3 takes for each pixel of another. */
    @ParameterizedTest
    @CsvSource({"7, 3, 1 3 5", "3, 7, 0 0 1 1 1 2 2", "10, 4, 1 3 6 8", "5, 5, 0 1 2 3 4", "1, 4, 0 0 0 0"})
    void takesThePixelThatPillowTakes(int from, int to, String taken) {
        byte[] ramp = new byte[from];
        for (int i = 0; i < from; i++) {
            ramp[i] = (byte) i;
        }
        byte[] expected = new byte[to];
        for (int i = 0; i < to; i++) {
            expected[i] = Byte.parseByte(taken.split(" ")[i]);
        }
        assertThat(NearestPixels.resize(new LabelMap(1, from, ramp), 1, to).classes()).isEqualTo(expected);
        assertThat(NearestPixels.resize(new LabelMap(from, 1, ramp), to, 1).classes()).isEqualTo(expected);
    }

    /** The sum over the pixels of (index + 1) times the index that Pillow takes. */
    @ParameterizedTest
    @CsvSource({"854, 104, 3098308", "480, 60, 583160", "832, 854, 202257450", "854, 832, 197059010", "910, 896, 243526080",
        "1920, 113, 8222516", "101, 99, 330200", "99, 101, 336349"})
    void takesThePixelsThatPillowTakesInTheSizesOfVideos(int from, int to, long sum) {
        byte[] low = new byte[from];
        byte[] high = new byte[from];
        for (int i = 0; i < from; i++) {
            low[i] = (byte) i;
            high[i] = (byte) (i >> 8);
        }
        LabelMap lows = NearestPixels.resize(new LabelMap(1, from, low), 1, to);
        LabelMap highs = NearestPixels.resize(new LabelMap(1, from, high), 1, to);
        long found = 0;
        for (int i = 0; i < to; i++) {
            found += (i + 1L) * (lows.at(0, i) + 256 * highs.at(0, i));
        }
        assertThat(found).isEqualTo(sum);
    }

    @Test
    void resizesRowsAndColumnsEachInItsOwnWay() {
        LabelMap map = new LabelMap(2, 3, new byte[] {1, 2, 3, 4, 5, 6});
        LabelMap resized = NearestPixels.resize(map, 4, 1);
        assertThat(resized.height()).isEqualTo(4);
        assertThat(resized.classes()).containsExactly(2, 2, 5, 5);
    }
}
