package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.data.AugmentationConfig.Decode;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

class LoaderTest {

    private static final View VIEW = new TrainingView(new PatchGrid(2, 2, 3, 1, 3),
            new AugmentationConfig(0.2, 1, 4.0 / 3, true, new ColorJitter(0.4, 0.4, 0.4), Decode.FULL));
    private static final Randomness RANDOMNESS = new Randomness(5);

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5})
    void givesTheSameBatchesForAnyNumberOfWorkers(int workers) {
        ImageSet images = ListedImages.noise(23).without(Set.of(3, 11, 12));

        assertSame(load(images, workers, 0, 0, 15), load(images, 1, 0, 0, 15));
    }

    @Test
    void readsTheFirstImagesOfTheFirstEpochWhereverItIs() {
        ImageSet images = ListedImages.noise(23).without(Set.of(3, 11, 12));
        try (Loader loader = loader(images, 4, 2, 0.2)) {
            loader.start(2, 1);
            assertSame(List.of(loader.first(4)), load(images, 1, 0, 0, 1));
            assertThat(loader.first(6).images()).startsWith(loader.first(4).images()).hasSize(6);
            assertThat(loader.first(100).images()).hasSize(23);
            assertSame(List.of(loader.next()), load(images, 1, 2, 1, 1));
        }
    }

    @Test
    void startsInTheMiddleAsIfItHadComeThere() {
        ImageSet images = ListedImages.noise(23);
        List<Batch> all = load(images, 2, 0, 0, 15);

        assertSame(load(images, 2, 1, 2, 8), all.subList(7, 15));
    }

    @Test
    void startsAgainElsewhere() {
        ImageSet images = ListedImages.noise(23);
        List<Batch> all = load(images, 2, 0, 0, 15);

        try (Loader loader = loader(images, 4, 2, 0)) {
            loader.start(0, 3);
            assertSame(List.of(loader.next()), all.subList(3, 4));
            loader.start(2, 1);
            assertSame(List.of(loader.next()), all.subList(11, 12));
        }
    }

    @Test
    void showsEveryImageOnceAnEpochInOtherOrders() {
        List<Batch> batches = load(ListedImages.noise(20), 2, 0, 0, 10);

        List<Integer> first = batches.subList(0, 5).stream().flatMap(LoaderTest::images).toList();
        List<Integer> second = batches.subList(5, 10).stream().flatMap(LoaderTest::images).toList();
        assertThat(first).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20).boxed().toList()).isNotEqualTo(second);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void dropsTheIncompleteBatchAtTheEndOfAnEpoch() {
        List<Batch> batches = load(ListedImages.noise(23), 2, 0, 0, 7);

        assertThat(batches).extracting(Batch::epoch).containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 1L);
        assertThat(batches).extracting(Batch::batchInEpoch).containsExactly(0, 1, 2, 3, 4, 0, 1);
        assertThat(batches).extracting(Batch::size).containsOnly(4);
        assertThat(batches.get(0).pixels()).hasSize(4 * 8 * 8 * 3);
    }

    @Test
    void drawsOtherCropsInOtherEpochs() {
        List<Batch> batches = load(ListedImages.noise(1), 1, 1, 0, 0, 2);

        assertThat(batches.get(0).pixels()).isNotEqualTo(batches.get(1).pixels());
    }

    @Test
    void putsTheNextReadableImageInPlaceOfAnUnreadableOne() {
        int[] order = RANDOMNESS.order(0, 20);
        ImageSet images = ListedImages.noise(20).without(Set.of(order[1], order[2], order[19]));

        List<Batch> batches = load(images, 2, 0, 0, 5);

        assertThat(batches.get(0).images()).containsExactly(order[0], order[3], order[3], order[3]);
        assertThat(batches.get(4).images()).containsExactly(order[16], order[17], order[18], order[0]);
        assertThat(row(batches.get(0), 1)).isEqualTo(row(batches.get(0), 3));
    }

    @Test
    void listsEveryUnreadableImageOnce() {
        try (Loader loader = loader(ListedImages.noise(20).without(Set.of(13, 4)), 4, 2, 0.1)) {
            loader.start(0, 0);
            IntStream.range(0, 15).forEach(i -> loader.next());

            assertThat(loader.unreadable()).containsExactly(
                    new Unreadable("image-4", "cannot read image-4: it is damaged"),
                    new Unreadable("image-13", "cannot read image-13: it is damaged"));
        }
    }

    @Test
    void failsIfTooManyImagesAreUnreadable() {
        try (Loader loader = loader(ListedImages.noise(20).without(Set.of(4, 13, 17)), 4, 1, 0.1)) {
            loader.start(0, 0);

            assertThatThrownBy(() -> IntStream.range(0, 5).forEach(i -> loader.next())).isInstanceOf(FailureException.class)
                    .hasMessage("3 of 20 images (15.0%) cannot be read, and 10.0% are tolerated: image-4, image-13, image-17."
                            + " The first reason: cannot read image-4: it is damaged. Repair or remove them.");
        }
    }

    @Test
    void failsIfNoImageIsReadable() {
        Set<Integer> all = Set.of(0, 1, 2, 3, 4, 5);
        try (Loader loader = loader(ListedImages.noise(6).without(all), 4, 1, 1)) {
            loader.start(0, 0);

            assertThatThrownBy(loader::next).isInstanceOf(FailureException.class)
                    .hasMessage("6 of 6 images (100.0%) cannot be read, and 100.0% are tolerated:"
                            + " image-0, image-1, image-2, image-3, image-4 and more."
                            + " The first reason: cannot read image-0: it is damaged. Repair or remove them.");
        }
    }

    @Test
    void tellsWhatWentWrongInAWorker() {
        View broken = new FakeView(() -> {
            throw new StackOverflowError("too deep");
        });
        try (Loader loader = new Loader(ListedImages.noise(4), broken, RANDOMNESS, 4, 2, 0)) {
            loader.start(0, 0);

            assertThatThrownBy(loader::next).isInstanceOf(FailureException.class)
                    .hasMessage("loading images failed: java.lang.StackOverflowError: too deep")
                    .hasCauseInstanceOf(StackOverflowError.class);
            assertThatThrownBy(loader::next).isInstanceOf(FailureException.class);
        }
    }

    @Test
    void refusesABatchLargerThanTheSet() {
        assertThatThrownBy(() -> loader(ListedImages.noise(100), 128, 1, 0)).isInstanceOf(UsageException.class)
                .hasMessage("a batch of 128 images is more than the set has: 100; lower train.batch");
    }

    @Test
    void refusesPlacesThatDoNotExist() {
        try (Loader loader = loader(ListedImages.noise(9), 4, 1, 0)) {
            assertThatThrownBy(() -> loader.start(3, 2)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no batch 2 in epoch 3: an epoch has 2 batches, counted from 0");
        }
    }

    @Test
    void mustBeStarted() {
        try (Loader loader = loader(ListedImages.noise(9), 4, 1, 0)) {
            assertThatThrownBy(loader::next).isInstanceOf(IllegalStateException.class).hasMessage("call start() before next()");
        }
    }

    @Test
    @Timeout(60)
    void worksOnlySomeBatchesAhead() throws InterruptedException {
        AtomicInteger rendered = new AtomicInteger();
        View counting = new FakeView(rendered::incrementAndGet);
        try (Loader loader = new Loader(ListedImages.noise(100), counting, RANDOMNESS, 4, 2, 0)) {
            loader.start(0, 0);
            loader.next();
            while (rendered.get() < 36) {
                Thread.onSpinWait();
            }
            Thread.sleep(100);

            assertThat(rendered).hasValue(36);
        }
    }

    @Test
    void holdsFewerBatchesAheadWhereTheyAreLarge() {
        assertThat(BatchWorkers.mostAhead(1)).isEqualTo(8);
        assertThat(BatchWorkers.mostAhead(50 << 20)).isEqualTo(5);
        assertThat(BatchWorkers.mostAhead(256L << 20)).isEqualTo(2);
        assertThat(BatchWorkers.mostAhead(4L << 30)).isEqualTo(2);
    }

    @Test
    void measuresHowLongItWaits() {
        CountDownLatch slow = new CountDownLatch(1);
        View view = new FakeView(() -> await(slow));
        try (Loader loader = new Loader(ListedImages.noise(4), view, RANDOMNESS, 4, 1, 0)) {
            loader.start(0, 0);
            Thread release = new Thread(() -> {
                sleep(200);
                slow.countDown();
            });
            release.start();
            loader.next();

            assertThat(loader.waitedNanos()).isGreaterThan(100_000_000L);
            long before = loader.waitedNanos();
            loader.close();
            assertThat(loader.waitedNanos()).isEqualTo(before);
        }
    }

    @Test
    void stopsItsThreadsWhenClosed() {
        Loader loader = loader(ListedImages.noise(9), 4, 3, 0);
        loader.start(0, 0);
        loader.next();
        assertThat(workers()).hasSize(3).allMatch(Thread::isDaemon);

        loader.close();

        assertThat(workers()).isEmpty();
    }

    @Test
    void leavesNothingBehindOutsideTheHeap() throws IOException {
        List<ImageData> data = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            data.add(new ImageData.Encoded(ImageFiles.redAndBlue(20 + i, 30, BufferedImage.TYPE_INT_RGB, "jpeg")));
            data.add(ListedImages.noise(12).read(i));
        }
        data.add(new ImageData.Encoded(new byte[100]));
        ImageSet images = new ListedImages(data);
        load(images, 2, 0, 0, 20);
        long before = Pointer.totalCount();

        load(images, 2, 0, 0, 200);

        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void readsInOrderForEvaluation() {
        ImageSet images = ListedImages.noise(11);
        View view = new EvaluationView(new PatchGrid(2, 2, 3, 1, 3), 8);
        for (int workers : List.of(0, 1, 3)) {
            try (OrderedImages batches = new OrderedImages(images, view, 4, workers)) {
                List<Batch> read = new ArrayList<>();
                batches.forEachRemaining(read::add);

                assertThat(read).extracting(Batch::size).containsExactly(4, 4, 3);
                assertThat(read.stream().flatMap(LoaderTest::images)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
                assertThat(read.get(2).pixels()).hasSize(3 * 6 * 6 * 3);
                assertThatThrownBy(batches::next).hasMessage("there are no more batches");
            }
        }
    }

    @Test
    void evaluationFailsOnAnUnreadableImage() {
        View view = new EvaluationView(new PatchGrid(2, 2, 3, 1, 3), 8);
        try (OrderedImages batches = new OrderedImages(ListedImages.noise(11).without(Set.of(6)), view, 4, 2)) {
            assertThatThrownBy(() -> batches.forEachRemaining(batch -> {})).isInstanceOf(FailureException.class)
                    .hasMessage("cannot read image-6: it is damaged");
        }
    }

    private record FakeView(Runnable work) implements View {

        @Override
        public PatchGrid grid() {
            return new PatchGrid(1, 1, 1, 0, 1);
        }

        @Override
        public void render(ImageSet images, int index, Function<Purpose, RandomGenerator> chance, byte[] target, int offset)
                throws IOException {
            work.run();
        }
    }

    private static Loader loader(ImageSet images, int batch, int workers, double tolerated) {
        return new Loader(images, VIEW, RANDOMNESS, batch, workers, tolerated);
    }

    private static List<Batch> load(ImageSet images, int workers, long epoch, int batchInEpoch, int count) {
        return load(images, 4, workers, epoch, batchInEpoch, count);
    }

    private static List<Batch> load(ImageSet images, int batch, int workers, long epoch, int batchInEpoch, int count) {
        try (Loader loader = loader(images, batch, workers, 0.2)) {
            loader.start(epoch, batchInEpoch);
            return IntStream.range(0, count).mapToObj(i -> loader.next()).toList();
        }
    }

    private static void assertSame(List<Batch> actual, List<Batch> expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private static Stream<Integer> images(Batch batch) {
        return Arrays.stream(batch.images()).boxed();
    }

    private static byte[] row(Batch batch, int i) {
        int length = batch.pixels().length / batch.size();
        return Arrays.copyOfRange(batch.pixels(), i * length, (i + 1) * length);
    }

    private static List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("image-worker-"))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
