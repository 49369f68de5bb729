package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

class SelectionTest {

    private static final int NONE = -1;

    @Test
    void isTheSetItselfIfNothingIsSelected() throws IOException {
        ImageSet images = labelled(0, 1);

        assertThat(Selection.ALL.applyTo(images)).isSameAs(images);
    }

    @Test
    void picksARange() throws IOException {
        ImageSet images = labelled(0, 1, 2, 0, 1);

        assertThat(ids(select(1, 3, NONE).applyTo(images))).containsExactly("1", "2");
        assertThat(ids(select(3, NONE, NONE).applyTo(images))).containsExactly("3", "4");
        assertThat(ids(select(NONE, 2, NONE).applyTo(images))).containsExactly("0", "1");
        assertThat(ids(select(0, 5, NONE).applyTo(images))).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void picksTheFirstOfEachClassInTheRange() throws IOException {
        ImageSet images = labelled(0, 0, 1, 0, 1, 0, 1, 1);

        ImageSet picked = select(1, NONE, 2).applyTo(images);

        assertThat(ids(picked)).containsExactly("1", "2", "3", "4");
        assertThat(IntStream.range(0, 4).map(picked::label)).containsExactly(0, 1, 0, 1);
        assertThat(picked.classes()).containsExactly("0", "1");
        assertThat(picked.channels()).isEqualTo(1);
        assertThat(((ImageData.Pixels) picked.read(2)).values()).containsExactly(3);
    }

    @Test
    void refusesRangesBeyondTheSet() throws IOException {
        ImageSet images = labelled(0, 1);

        assertThatThrownBy(() -> select(2, NONE, NONE).applyTo(images)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from is 2, but there are only 2 images, counted from 0");
        assertThatThrownBy(() -> select(NONE, 3, NONE).applyTo(images)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("to is 3, but there are only 2 images");
    }

    @Test
    void refusesClassesOfUnlabelledImages() {
        assertThatThrownBy(() -> select(NONE, NONE, 1).applyTo(ListedImages.noise(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("per-class picks images of each class, but these images have no classes");
    }

    @Test
    void refusesClassesThatAreTooSmall() throws IOException {
        ImageSet images = labelled(0, 1, 0);

        assertThatThrownBy(() -> select(NONE, NONE, 2).applyTo(images)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("per-class is 2, but class '1' has only 1 of the 3 images");
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatThrownBy(() -> new Selection(OptionalInt.of(-1), OptionalInt.empty(), OptionalInt.empty()))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("from must be at least 0, but is -1");
        assertThatThrownBy(() -> select(5, 5, NONE))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("to must be more than from, but from is 5 and to is 5");
        assertThatThrownBy(() -> select(NONE, NONE, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("per-class must be at least 1, but is 0");
    }

    private static Selection select(int from, int to, int perClass) {
        return new Selection(optional(from), optional(to), optional(perClass));
    }

    private static OptionalInt optional(int value) {
        return value == NONE ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Stream<String> ids(ImageSet images) {
        return IntStream.range(0, images.size()).mapToObj(images::id);
    }

    /** Returns images of one pixel that hold their number. */
    private static ImageSet labelled(int... labels) throws IOException {
        byte[] images = new byte[16 + labels.length];
        System.arraycopy(new byte[] {0, 0, 8, 3, 0, 0, 0, (byte) labels.length, 0, 0, 0, 1, 0, 0, 0, 1}, 0, images, 0, 16);
        byte[] numbers = new byte[8 + labels.length];
        System.arraycopy(new byte[] {0, 0, 8, 1, 0, 0, 0, (byte) labels.length}, 0, numbers, 0, 8);
        for (int i = 0; i < labels.length; i++) {
            images[16 + i] = (byte) i;
            numbers[8 + i] = (byte) labels[i];
        }
        return IdxImages.read(new ByteArrayInputStream(images), new ByteArrayInputStream(numbers), List.of(), "test");
    }
}
